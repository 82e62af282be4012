import type { LedgerEvent } from './event.ts';
import type { Ledger } from './ledger.ts';

/**
 * The same ledger; `hear` is given all events of a scope as far as this process has read or written them, each time there
 * are more. It costs no question to the store, and what it throws is the caller's own.
 */
export function overhear(ledger: Ledger, hear: (events: readonly LedgerEvent[]) => void): Ledger {
  let known: readonly LedgerEvent[] = [];
  const add = (event: LedgerEvent): LedgerEvent => {
    if (!known.some(({ id }) => id === event.id)) known = [...known, event];
    hear(known);
    return event;
  };
  const { fence, look, mirror, recall } = ledger;
  const take = (events: readonly LedgerEvent[]): readonly LedgerEvent[] => {
    known = events;
    hear(known);
    return known;
  };
  return {
    about: ledger.about,
    ...(mirror && { mirror }),
    ...(look && { look: (scope) => look.call(ledger, scope) }),
    ...(fence && { fence: (held, event, push) => fence.call(ledger, held, event, push) }),
    ...(recall && {
      recall: (held) => {
        const events = recall.call(ledger, held);
        return events && take(events);
      },
    }),
    read: async (scope) => take(await ledger.read(scope)),
    scopes: () => ledger.scopes(),
    holder: (scope) => ledger.holder(scope),
    acquire: (scope, claim) => ledger.acquire(scope, claim),
    append: async (held, event, how) => add(await ledger.append(held, event, how)),
    renew: (held) => ledger.renew(held),
    release: (held, outcome) => ledger.release(held, outcome),
    note: async (scope, event) => add(await ledger.note(scope, event)),
  };
}
