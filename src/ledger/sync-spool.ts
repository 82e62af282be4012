import { isReleaseError } from '../domain/failure.ts';
import type { EventType, LedgerEvent, NewEvent } from './event.ts';
import type { Held, Ledger } from './ledger.ts';
import { refuseLocked } from './locked.ts';

/** Who brings the entries, and why. */
export interface SyncOrder {
  readonly scope: string;
  readonly run: string;
  readonly actor: string;
  readonly reason: string;
}

/** A spool has locks of its own, which were never anybody's right here. */
const OF_THE_SPOOL: readonly EventType[] = ['lock.acquired', 'lock.takeover', 'lock.released'];

/** Numbers of the spool's own locks are in some ids; in another ledger the same number is another lock. */
const lateId = (id: string): string => `spool:${id}`;

function asLate({ id, run, type, step, def, data, at, host, actor, tool }: LedgerEvent): NewEvent {
  const place = { ...(step === undefined ? {} : { step }), ...(def === undefined ? {} : { def }) };
  return { id: lateId(id), run, type, data, ...place, was: { at, host, actor, tool } } as NewEvent;
}

/** What of a spool is brought into a ledger: all but its own locks. */
export const findBrought = (kept: readonly LedgerEvent[]): readonly LedgerEvent[] =>
  kept.filter(({ type }) => !OF_THE_SPOOL.includes(type));

/** Entries of the spool that the ledger does not have, in their order. */
async function findLate(spool: Ledger, ledger: Ledger, scope: string): Promise<readonly NewEvent[]> {
  const [kept, there] = [await spool.read(scope), await ledger.read(scope)];
  const known = new Set(there.map(({ id }) => id));
  return findBrought(kept)
    .filter(({ id }) => !known.has(lateId(id)))
    .map(asLate);
}

/** The first error is the one to be told of: a lock that could not be given back is its consequence. */
async function giveBack(ledger: Ledger, held: Held, outcome: string): Promise<void> {
  try {
    await ledger.release(held, outcome);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
  }
}

/**
 * Brings what was recorded without the ledger into it, with the times and names of then: history, which nobody may
 * refuse. Doing it twice brings it once. Takes the lock meanwhile, so that no run sees half of it; throws E_LOCKED
 * while a run is at work here or in the spool. Gives the number of entries that were brought.
 */
export async function syncSpool(
  spool: Ledger,
  ledger: Ledger,
  { scope, ...claim }: SyncOrder,
): Promise<number> {
  const holder = await spool.holder(scope);
  if (holder?.alive) throw refuseLocked(scope, holder);
  if ((await findLate(spool, ledger, scope)).length === 0) return 0;
  const held = await ledger.acquire(scope, claim);
  try {
    const late = await findLate(spool, ledger, scope);
    for (const [i, event] of late.entries())
      await ledger.append(held, event, { mayWait: i < late.length - 1 });
    return late.length;
  } finally {
    await giveBack(ledger, held, 'synced');
  }
}
