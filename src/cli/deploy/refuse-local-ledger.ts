import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions } from '../command.ts';
import type { Wired } from '../wired.ts';

const isLocal = (env: string): ReleaseError =>
  new ReleaseError('E_LEDGER_LOCAL', {
    what: `The ledger of ${env} is in files on this machine alone, and ${env} is protected.`,
    why: 'When this machine is lost in the middle, nobody can go on with the run, see its lock or know what to go back to.',
    next: 'Keep it in git or PostgreSQL (environments.<name>.ledger.store). Where this machine alone ever releases: --local-ledger, or for good ledger: { store: file, local: true }.',
    state: 'untouched',
  });

/**
 * Before anything is asked: throws E_LEDGER_LOCAL (exit 2) when a protected environment would be deployed with a record
 * that only this machine has, and nobody said that it may (reliability 5.3). A rollback is never kept from going back.
 */
export function refuseLocalLedger(
  { localLedger }: CommandOptions,
  { env, environment }: Pick<Wired, 'env' | 'environment'>,
): void {
  const { store, local } = environment.ledger;
  if (store === 'file' && environment.protected && !local && localLedger !== true) throw isLocal(env);
}
