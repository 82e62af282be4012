import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import type { Wired } from '../wired.ts';
import { repairLedger } from './repair-ledger.ts';
import { syncLedger } from './sync-ledger.ts';
import { verifyLedger } from './verify-ledger.ts';

const WORK = ['verify', 'repair', 'sync'];

const unknownWork = (what: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `ledger has no "${what}".${didYouMean(what, WORK)}`,
    next: `One of: ${WORK.map((one) => `release ledger ${one}`).join(', ')}.`,
    state: 'untouched',
  });

const nothingToSync = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'ledger sync has nothing to do with --preparations.',
    why: 'It brings in what rollback --break-glass did, and no release is prepared that way.',
    next: 'release ledger sync',
    state: 'untouched',
  });

/** `release ledger`: looks at the record itself, and mends it where a person says so. */
export async function runLedger(
  [what = 'verify']: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const meant = options.preparations === true ? inOwnScope(wired) : wired;
  if (what === 'verify') return verifyLedger(meant);
  if (what === 'repair') return repairLedger(options, context, meant);
  if (what === 'sync' && options.preparations === true) throw nothingToSync();
  if (what === 'sync') return syncLedger(context, wired);
  throw unknownWork(what);
}
