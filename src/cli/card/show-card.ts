import type { Wired } from '../wired.ts';
import { makeCardKeeper } from './make-card-keeper.ts';

/** Brings the cards that a run changes up to what the ledger says; gives what is to be said of those that are not. */
export async function showCard(run: string, wired: Wired): Promise<readonly string[]> {
  if (!wired.configured.has('slack')) return [];
  const keeper = makeCardKeeper(run, wired);
  keeper.show(await wired.ledger.read(wired.scope));
  return keeper.close();
}
