import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { readVersion } from '../../domain/version.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { replayEvents } from '../reconcile/replay-events.ts';
import { rehearseRollback } from '../rehearse/rehearse-rollback.ts';
import { openAfter } from '../tasks/open-after.ts';
import type { Wired } from '../wired.ts';
import { breakGlass } from './break-glass.ts';
import { confirmRollback } from './confirm-rollback.ts';
import { goBack } from './go-back.ts';
import { tellNextAttempt } from './tell-next-attempt.ts';

/** `deploy` takes its version so: whoever types it here too is shown the line, at an hour when nobody looks things up. */
const noArgument = (args: readonly string[]): ReleaseError => {
  const [version] = args.map(readVersion);
  return new ReleaseError('E_ARGUMENTS', {
    what: `rollback does not take "${args.join(' ')}".`,
    next:
      version === undefined
        ? 'Say where to with --to <version>; a run is named with --reconcile or --replay-events only.'
        : `Say where to: release rollback --to ${version}`,
    state: 'untouched',
  });
};

const noGlass = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--break-glass goes with a rollback, not with --reconcile or --replay-events.',
    why: 'Which restore is meant, and what was done since, stands in the ledger alone.',
    next: 'Wait for the ledger, release ledger sync, then the same line without --break-glass.',
    state: 'untouched',
  });

/** What a rehearsal has nothing to do with: each of them is about a rollback that really takes place. */
const NOT_IN_REHEARSAL = ['breakGlass', 'confirm', 'reconcile', 'replayEvents', 'resume', 'takeover', 'wait'];

function refuseMixed(options: CommandOptions): void {
  const isRehearsal = options.rehearse === true;
  const mixed = NOT_IN_REHEARSAL.find((name) => options[name] !== undefined && options[name] !== false);
  if (isRehearsal ? mixed === undefined : options.from === undefined) return;
  const flag = isRehearsal ? (mixed ?? '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : 'from';
  throw new ReleaseError('E_FLAG_REFUSED', {
    what: isRehearsal ? `--${flag} does not go with --rehearse.` : '--from goes with --rehearse only.',
    why: isRehearsal
      ? 'A rehearsal begins nothing that could be gone on with.'
      : 'A rollback leaves what is live.',
    next: 'release rollback --rehearse --from v2.1.0 --to v2.0.3',
    state: 'untouched',
  });
}

/**
 * `release rollback`: a new one, the interrupted one, one past a ledger that is away, each with what comes after it; or
 * what a restore took.
 */
export async function runRollback(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  refuseMixed(options);
  const looksBack = options.reconcile === true || options.replayEvents === true;
  if (looksBack && options.breakGlass === true) throw noGlass();
  if (options.reconcile === true) return reconcile(args, context, wired);
  if (options.replayEvents === true) return replayEvents(args, context, wired);
  if (args.length > 0) throw noArgument(args);
  if (options.rehearse === true) return rehearseRollback(options, context, wired);
  if (options.breakGlass === true) return breakGlass(options, context, wired);
  const back = await goBack(options, context, wired);
  // No incident and no next version follows from what was tried out, and no users are there to confirm it.
  if (carriesCandidates(wired.runbook, wired.env)) return back;
  const ended = await tellNextAttempt(await openAfter(back, wired), wired);
  return confirmRollback(ended, options, context, wired);
}
