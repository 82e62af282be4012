import type { Clock } from '../domain/clock.ts';
import type { LedgerEvent } from '../ledger/event.ts';

/**
 * How wrong the wall clocks of two machines may be together. A laptop that woke up, a restored virtual machine and a
 * wrong time zone are hours off for a while, and more than once; a whole day is seen by everybody (F32).
 */
const CLOCKS_APART_MS = 24 * 3_600_000;

/** An effect that was begun and did not end. */
export interface Begun {
  /** When its intent was recorded, by the clock of the machine that recorded it. */
  readonly at: string;
  /** The right under which it was recorded. */
  readonly epoch: number;
  /** How many ms after its intent a request may still land. */
  readonly wholeMs: number;
}

/** From where a run looks at what was begun before it. */
export interface Outlook {
  readonly clock: Clock;
  /** When this process got its right, in monotonic ms. */
  readonly heldSince: number;
  /** True of an epoch whose holder was on this machine, since its last start: the wall clock is the same. */
  readonly isOurClock: (epoch: number) => boolean;
}

/** The outlook of the holder of `epoch`. */
export function lookFrom(events: readonly LedgerEvent[], epoch: number, clock: Clock): Outlook {
  const machines = new Map<number, string>();
  for (const event of events) {
    if (event.type !== 'lock.acquired' && event.type !== 'lock.takeover') continue;
    if (event.data.boot !== '') machines.set(event.epoch, `${event.host} ${event.data.boot}`);
  }
  const own = machines.get(epoch);
  const isOurClock = (other: number): boolean => own !== undefined && machines.get(other) === own;
  return { clock, heldSince: clock.monotonic(), isOurClock };
}

/**
 * How many ms an effect that an earlier holder began may still need to land; never more than the whole time. On the
 * same machine that counts from the intent. The clock of another machine may be hours off, and an effect would be
 * taken for dead while it is on its way: there it counts from our own lock, unless the intent is older than clocks err.
 */
export function leftToLand({ at, epoch, wholeMs }: Begun, { clock, heldSince, isOurClock }: Outlook): number {
  const age = clock.now().getTime() - Date.parse(at);
  const isOld = age > wholeMs + CLOCKS_APART_MS;
  const passed = isOurClock(epoch) || isOld ? Math.max(0, age) : clock.monotonic() - heldSince;
  return Math.max(0, wholeMs - passed);
}
