import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { findSharedFate } from '../../domain/find-shared-fate.ts';
import type { Wired } from '../wired.ts';

const shared = (env: string, why: string): ReleaseError =>
  new ReleaseError('E_LEDGER_SHARED', {
    what: `The ledger of ${env} ${why}.`,
    why: 'A restore would take the ledger back with the data: it would forget this run, and who holds the lock.',
    next: 'Give the ledger a server of its own (at Neon, another project) and correct its secret; or use the git store.',
    state: 'untouched',
  });

/**
 * Before the lock: throws E_LEDGER_SHARED (exit 2) when the ledger is kept where a restore of the environment's
 * database would reach it (F52). What cannot be read refuses nothing here: the gate of a deploy calls that unknown, and a
 * rollback is needed most when the database does not answer.
 */
export async function refuseSharedLedger({ env, environment, services, isBlind }: Wired): Promise<void> {
  if (isBlind || environment.ledger.store !== 'postgres' || environment.database === undefined) return;
  try {
    const { own, ledger } = await services.postgres.ledgerSpots(env);
    const why = findSharedFate(own, ledger);
    if (why !== undefined) throw shared(env, why);
  } catch (error) {
    if (!isReleaseError(error) || error.code === 'E_LEDGER_SHARED') throw error;
  }
}
