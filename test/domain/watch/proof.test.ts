import { describe, expect, it } from 'vitest';
import { Watch } from '../../../src/domain/watch/fold.ts';
import type { Rule } from '../../../src/domain/watch/rule.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { at, counts, fold, makeBook, makeRule, value } from './watch-world.ts';

const HOLD = { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5 } as const;

/** So many ticks of ten requests each, ten seconds apart, `bad` of the very first wrong. */
const requests = (ticks: number, bad = 0, series = 'all'): Tick[] =>
  Array.from({ length: ticks }, (_, i) => ({ ...counts(i * 10, i === 0 ? bad : 0, 10), series }));

function unprovenBy(ticks: readonly Tick[], more: Partial<Rule> = {}) {
  const watch = new Watch(makeBook([makeRule([HOLD], { minSamples: 20, ...more })], { everySeconds: 5 }));
  for (const tick of ticks) watch.take(tick);
  watch.advance(ticks.at(-1)?.at ?? 0);
  return watch.unproven();
}

describe('what counts show to be good', () => {
  it('E-24: 598 clean requests show less than 0.5 %; with fewer nobody knows', () => {
    expect(unprovenBy(requests(60))).toEqual([]);
    const few = unprovenBy(requests(59));
    expect(few).toMatchObject([{ rule: 'one', k: 0, n: 590, limit: 0.5 }]);
    expect(few[0]?.upTo).toBeCloseTo(0.506, 3);
  });

  it('E-24: with one failure 947 are needed (benchmarks 3)', () => {
    expect(unprovenBy(requests(95, 1))).toEqual([]);
    expect(unprovenBy(requests(94, 1))).toMatchObject([{ k: 1, n: 940 }]);
  });

  it('counts all series together, each with its own limit', () => {
    const limits = { 'GET /a': 0.1, 'GET /b': 0.9 };
    const both = [...requests(60, 0, 'GET /a'), ...requests(60, 0, 'GET /b')].sort((a, b) => a.at - b.at);
    const against = { against: 'limits', limits } as const;
    const ones = { ...HOLD, from: 1 };
    expect(unprovenBy(both, { ...against, bands: [ones] })).toEqual([]);
    expect(unprovenBy(requests(60, 0, 'GET /a'), { ...against, bands: [ones] })).toMatchObject([{ n: 600 }]);
  });

  it('E-08, F68: takes nothing of before users came, or before the last gap', () => {
    const marked = (mark: 'open' | 'gap'): Tick[] => [
      { at: at(-1), mark: 'live' },
      ...requests(60),
      { at: at(600), mark },
      ...requests(59).map((tick) => ({ ...tick, at: tick.at + 600_000 })),
    ];
    expect(unprovenBy(marked('open'), { since: 'open' })).toMatchObject([{ n: 590 }]);
    expect(unprovenBy(marked('gap'), { since: 'live' })).toMatchObject([{ n: 590 }]);
  });

  it('SUC-02, T15: a percentile of too few samples, or of nobody knows how many, is never good', () => {
    const said = (n: number | undefined, percentile: number) =>
      fold(makeBook([makeRule([HOLD], { percentile, unit: 'ms' })]), [value(0, 0.1, n)]).map(
        (one) => `${one.severity} ${one.knowledge}`,
      );
    expect([said(59, 95), said(58, 95), said(undefined, 95)]).toEqual([[], ['hold thin'], ['hold thin']]);
    expect([said(299, 99), said(298, 99)]).toEqual([[], ['hold thin']]);
  });
});
