import type { Ledger, Sight } from './ledger.ts';

/** What is in a scope and who holds it, for people who only look: also when the store can answer from memory alone. */
export async function lookAt(ledger: Ledger, scope: string): Promise<Sight> {
  if (ledger.look !== undefined) return ledger.look(scope);
  const [events, holder] = await Promise.all([ledger.read(scope), ledger.holder(scope)]);
  return holder === undefined ? { events } : { events, holder };
}
