import type { LedgerEvent } from './event.ts';

/** The event as it was recorded first; one that was not brought later stays as it is. */
export function asItWas(event: LedgerEvent): LedgerEvent {
  return event.was === undefined ? event : { ...event, ...event.was };
}
