import { foldPreparations, type PreparedVersion } from '../../ledger/fold-preparations.ts';
import type { Wired } from '../wired.ts';
import { inOwnScope } from './own-scope.ts';

/** What the record of preparations has of a version; undefined: nothing. Throws E_LEDGER_UNREACHABLE, E_LEDGER_DAMAGED. */
export async function readPlanned(wired: Wired, version: string): Promise<PreparedVersion | undefined> {
  const events = await wired.ledger.read(inOwnScope(wired).scope);
  return foldPreparations(events).find((one) => one.version === version);
}
