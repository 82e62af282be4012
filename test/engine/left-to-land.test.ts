import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftToLand, lookFrom } from '../../src/engine/left-to-land.ts';
import { MemoryLedger, MemoryStore } from '../support/memory/ledger.ts';
import { makeSteppedClock } from '../support/stepped-clock.ts';

const HOUR = 3_600_000;
const WHOLE = 45_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');

/** A look at an intent that is `ageMs` old by the wall clock, `heldMs` after the lock was taken. */
function look(ageMs: number, { isOurs = false, heldMs = 0 } = {}): number {
  const { clock, advance } = makeSteppedClock(new Date(NOON));
  const outlook = { clock, heldSince: clock.monotonic(), isOurClock: () => isOurs };
  advance(heldMs);
  const at = new Date(clock.now().getTime() - ageMs).toISOString();
  return leftToLand({ at, epoch: 1, wholeMs: WHOLE }, outlook);
}

describe('what an effect that was begun may still need to land', () => {
  it('F10: counts from its intent when it was begun on this machine', () => {
    expect(look(10_000, { isOurs: true })).toBe(35_000);
    expect(look(45_000, { isOurs: true })).toBe(0);
    expect(look(60_000, { isOurs: true, heldMs: 1 })).toBe(0);
  });

  it('F32: counts from our own lock when another clock dated it, however old it looks within a day', () => {
    expect(look(HOUR)).toBe(WHOLE);
    expect(look(24 * HOUR + WHOLE)).toBe(WHOLE);
    expect(look(HOUR, { heldMs: 30_000 })).toBe(15_000);
    expect(look(-HOUR, { heldMs: WHOLE })).toBe(0);
  });

  it('waits for nothing that is older than clocks can be wrong', () => {
    expect(look(24 * HOUR + WHOLE + 1)).toBe(0);
    expect(look(48 * HOUR)).toBe(0);
  });

  it('F32: is never more than the whole time, whichever way a clock jumps', () => {
    const jumps = fc.integer({ min: -48 * HOUR, max: 48 * HOUR });
    fc.assert(
      fc.property(jumps, fc.boolean(), fc.nat(2 * WHOLE), (ageMs, isOurs, heldMs) => {
        const left = look(ageMs, { isOurs, heldMs });
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(WHOLE);
      }),
    );
  });
});

describe('lookFrom', () => {
  it('knows the epochs of this machine by the machine and its start', async () => {
    const { clock } = makeSteppedClock(new Date(NOON));
    const store = new MemoryStore();
    const claim = { run: 'r-1', actor: 'ana', reason: 'test', takeover: true };
    for (const host of ['laptop', 'desk', 'laptop'])
      await new MemoryLedger(store, { actor: 'ana', host, clock }).acquire('shop/production', claim);
    const { isOurClock } = lookFrom(store.of('shop/production').events, 3, clock);
    expect([1, 2, 3, 4].map(isOurClock)).toEqual([true, false, true, false]);
    expect(lookFrom([], 1, clock).isOurClock(1)).toBe(false);
  });
});
