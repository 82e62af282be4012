import { describe, expect, it } from 'vitest';
import { ledgerTime } from '../../../src/cli/watch/ledger-time.ts';
import type { Live } from '../../../src/cli/watch/live.ts';

/** A watch at a second of its own time, begun at nought of everybody's. */
const liveAt = (second: number, speed?: number): Live => {
  const baseMs = (second * 1000) / (speed ?? 1);
  return {
    now: () => second * 1000,
    wired: { clock: speed === undefined ? {} : { speed } },
    base: { clock: { now: () => new Date(baseMs) } },
  } as unknown as Live;
};

describe('a moment of a watch by the clock of the ledger', () => {
  it('E-21: is no later than now, however fast the watch runs', () => {
    expect(ledgerTime(360_000, liveAt(360, 60))).toBe(6_000);
    expect(ledgerTime(60_000, liveAt(360, 60))).toBe(1_000);
  });

  it('is the same moment where the watch goes by the clock of everybody', () => {
    expect(ledgerTime(60_000, liveAt(360))).toBe(60_000);
  });
});
