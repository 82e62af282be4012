import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { replayEvents } from '../reconcile/replay-events.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { breakGlass } from './break-glass.ts';
import { type RollbackCause, startRollback } from './start-rollback.ts';

/** The ledger is away or cannot be trusted. What only needs another version or another owner is none of these. */
const BROKEN: readonly string[] = [
  'E_LEDGER_DAMAGED',
  'E_LEDGER_DELETED',
  'E_LEDGER_REPLACED',
  'E_LEDGER_REWRITTEN',
  'E_LEDGER_UNREACHABLE',
  'E_LEDGER_UNREADABLE',
  'E_LEDGER_WRITE',
];

/** The refusal with the way on that only a rollback has. */
function sayWayPast(error: unknown, { to }: CommandOptions, env: string): unknown {
  if (!isReleaseError(error) || !BROKEN.includes(error.code)) return error;
  const way = `release rollback --to ${typeof to === 'string' ? to : '<version>'} --break-glass --reason "…" --env ${env}`;
  const next = `${error.text.next} If it cannot wait: ${way}`;
  return new ReleaseError(error.code, { ...error.text, next });
}

const noArgument = (args: readonly string[]): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `rollback does not take "${args.join(' ')}".`,
    next: 'Say where to with --to <version>; a run is named with --reconcile or --replay-events only.',
    state: 'untouched',
  });

const noGlass = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--break-glass goes with a rollback, not with --reconcile or --replay-events.',
    why: 'Which restore is meant, and what was done since, stands in the ledger alone.',
    next: 'Wait for the ledger, release ledger sync, then the same line without --break-glass.',
    state: 'untouched',
  });

/**
 * `release rollback`: a new one, the interrupted one, one past a ledger that is away; or what a restore took.
 * `cause` is of a new one.
 */
export async function runRollback(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  cause: RollbackCause = {},
): Promise<CommandResult> {
  const looksBack = options.reconcile === true || options.replayEvents === true;
  if (looksBack && options.breakGlass === true) throw noGlass();
  if (options.reconcile === true) return reconcile(args, context, wired);
  if (options.replayEvents === true) return replayEvents(args, context, wired);
  if (args.length > 0) throw noArgument(args);
  if (options.breakGlass === true) return breakGlass(options, context, wired);
  try {
    return await (options.resume === true
      ? resumeCommand('rollback', options, context, wired)
      : startRollback(options, context, wired, cause));
  } catch (error) {
    throw sayWayPast(error, options, wired.env);
  }
}
