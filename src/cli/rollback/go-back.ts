import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
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

/** A new rollback, or the interrupted one, up to where users are in again. `cause` is of a new one. */
export async function goBack(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  cause: RollbackCause = {},
): Promise<CommandResult> {
  try {
    return await (options.resume === true
      ? resumeCommand('rollback', options, context, wired)
      : startRollback(options, context, wired, cause));
  } catch (error) {
    throw sayWayPast(error, options, wired.env);
  }
}
