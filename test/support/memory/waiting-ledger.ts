import type { Clock } from '../../../src/domain/clock.ts';
import type { LedgerEvent, NewEvent } from '../../../src/ledger/event.ts';
import type { Held, Ledger } from '../../../src/ledger/ledger.ts';

/** A ledger that writes what may wait no earlier than it must, as the git store does. What waits dies with the process. */
export function letWait(ledger: Ledger, clock: Clock): Ledger {
  let waiting: { readonly held: Held; readonly event: NewEvent }[] = [];
  const flush = async (): Promise<void> => {
    const told = waiting;
    for (const { held, event } of told) await ledger.append(held, event);
    waiting = waiting.filter((one) => !told.includes(one));
  };
  return {
    ...ledger,
    append: async (held, event, { mayWait = false } = {}) => {
      if (mayWait) {
        waiting.push({ held, event });
        return { ...event, at: clock.now().toISOString() } as LedgerEvent;
      }
      await flush();
      return ledger.append(held, event);
    },
    renew: async (held) => {
      await flush();
      await ledger.renew(held);
    },
    release: async (held, outcome) => {
      await flush();
      await ledger.release(held, outcome);
    },
  };
}
