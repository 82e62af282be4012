import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/domain/watch/change.ts';
import { Watch } from '../../../src/domain/watch/fold.ts';
import { LEVELS } from '../../../src/domain/watch/rule.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { counts, fold, makeBook, makeRule, secondsOf, tell } from './watch-world.ts';

const P0 = { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 } as const;
const P1 = { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 } as const;
const book = makeBook([makeRule([P1, P0], { minSamples: 20 })], { everySeconds: 5 });

/** Ten probes every ten seconds, `bad` of them wrong. */
const probes = (from: number, to: number, bad: number): Tick[] =>
  Array.from({ length: Math.ceil((to - from) / 10) }, (_, i) => counts(from + i * 10, bad, 10));

const firings = (changes: readonly Change[]) =>
  changes
    .filter(({ fired_at }) => fired_at !== null)
    .map((one) => [one.severity, secondsOf(one.onset_at), secondsOf(one.fired_at), one.k, one.n]);

describe('counts, judged pooled', () => {
  it('RBC-P0-1: opens at the first failing probe and fires when its time is over', () => {
    const changes = fold(book, [...probes(0, 600, 0), ...probes(600, 1000, 10)]);
    // 31 ticks from 600 to 900, both included.
    expect(firings(changes)).toEqual([['P0', 600, 900, 310, 310]]);
    expect(changes.at(-1)).toMatchObject({
      for_s: 300,
      value: 100,
      upper: 100,
      series: 'all',
      source: 'test',
    });
  });

  it('E-14: 30 % of errors fire as they come, though no row of probes is all bad', () => {
    const ticks = Array.from({ length: 600 }, (_, s) => counts(s, s % 10 < 3 ? 1 : 0, 1));
    expect(firings(fold(book, ticks))).toEqual([['P0', 0, 300, 91, 301]]);
  });

  it('E-14: time above the higher bound counts for the lower one', () => {
    // 10 % for two minutes, then 3 %: too little for P0, and ten minutes above 2 %.
    const mild = Array.from({ length: 49 }, (_, i) => counts(120 + i * 10, i % 3 === 0 ? 1 : 0, 10));
    expect(firings(fold(book, [...probes(0, 120, 1), ...mild]))[0]?.slice(0, 3)).toEqual(['P1', 0, 600]);
  });

  it('closes when two minutes are under half the limit, and begins anew after that', () => {
    const ticks = [...probes(0, 240, 10), ...probes(240, 420, 0), ...probes(420, 800, 10)];
    // At 300 s the pool is far above 5 %, and the last minute was good: what is over must not fire.
    expect(firings(fold(book, ticks))).toEqual([['P0', 420, 720, 310, 310]]);
  });

  it('is quiet again when it is over', () => {
    expect(tell(fold(book, [...probes(0, 400, 10), ...probes(400, 600, 0)], 800))).toEqual([
      ...['hold@0', 'ok@10', 'P0@300', 'ok@510'],
    ]);
  });

  it('never fires on too few: 19 of 19 wrong are HOLD (corrections 2.3, last row)', () => {
    const rare = Array.from({ length: 30 }, (_, i) => counts(i * 30, 2, 2));
    // Nine ticks of two in five minutes: 18 or 20. Below 20 nothing is known.
    const nine = Array.from({ length: 30 }, (_, i) => counts(i * 40, 2, 2));
    expect(fold(book, rare).map((one) => one.severity)).toContain('P0');
    const few = fold(makeBook([makeRule([P0], { minSamples: 200 })]), nine);
    expect(few.map((one) => [one.severity, one.knowledge])).toEqual([['hold', 'thin']]);
  });

  it('RBC-P0-1: never fires on a burst and silence: the last minute has to hold requests, and the last to be late enough', () => {
    const burst = Array.from({ length: 10 }, (_, s) => counts(s, 10, 10));
    const idle = Array.from({ length: 40 }, (_, i) => counts(10 + i * 10, 0, 0));
    expect(firings(fold(book, burst, 400))).toEqual([]);
    expect(firings(fold(book, [...burst, ...idle], 420))).toEqual([]);
    const late = [counts(260, 10, 10), counts(270, 10, 10)];
    expect(firings(fold(book, [...burst, ...late], 500))).toEqual([]);
    expect(firings(fold(book, [...burst, ...late, counts(308, 10, 10)], 320))).toEqual([
      ['P0', 0, 310, 130, 130],
    ]);
    // A source that tells once a minute is never there to the second.
    const each = [0, 60, 120, 180, 240, 299.9].map((s) => counts(s, 10, 10));
    expect(firings(fold(book, each, 360))).toEqual([['P0', 0, 300, 60, 60]]);
  });

  it('RBC-P1-3: one or two failed logins are not "login unavailable"', () => {
    const login = makeRule([{ level: 'P1', row: 'RBC-P1-3', from: 100, dwellMinutes: 0 }]);
    const said = (n: number) => tell(fold(makeBook([login]), [counts(0, n, n)]));
    expect([1, 2, 3].map(said)).toEqual([[], [], ['P1@0']]);
  });

  it('knows "all of them" as what nothing can be above (login unavailable)', () => {
    const login = makeRule([{ level: 'P1', row: 'RBC-P1-3', from: 100, dwellMinutes: 0 }]);
    expect(tell(fold(makeBook([login]), probes(0, 30, 10)))).toEqual(['P1@0']);
    expect(tell(fold(makeBook([login]), probes(0, 300, 9)))).toEqual([]);
  });

  it('E-17: of what must succeed, the misses are judged', () => {
    const paid = makeRule([{ level: 'P0', row: 'RBC-P0-4', below: 90, dwellMinutes: 0 }], { minSamples: 20 });
    expect(tell(fold(makeBook([paid]), [counts(0, 12, 20)]))).toEqual(['P0@0']);
    expect(tell(fold(makeBook([paid]), [counts(0, 19, 20)]))).toEqual([]);
    expect(fold(makeBook([paid]), [counts(0, 0, 19)]).map((one) => one.knowledge)).toEqual(['thin']);
  });

  it('starts over after five minutes without any count', () => {
    const slow = makeBook([makeRule([P1])], { everySeconds: 5 });
    const bad = (again: number) => [...probes(0, 100, 10), ...probes(again, 1000, 10)];
    expect(tell(fold(slow, bad(390)))).toEqual(['P1@600']);
    expect(tell(fold(slow, bad(400)))).toEqual(['hold@390', 'ok@400']);
    expect(tell(fold(slow, [...bad(400), counts(1000, 10, 10)]))).toEqual(['hold@390', 'ok@400', 'P1@1000']);
  });
});

const draw = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

/** Seconds beyond the rule's own five minutes at which P0 fired, for one probe a second. */
function lateness(rate: number, seconds: number, onset: number, seed: number): number | undefined {
  const random = draw(seed);
  const watch = new Watch(book);
  for (let s = 0; s < seconds; s += 1)
    for (const change of watch.take(counts(s, s >= onset && random() < rate ? 1 : 0, 1)))
      if (change.severity === 'P0') return (secondsOf(change.fired_at) ?? 0) - onset - 300;
  return undefined;
}

const many = (count: number, one: (seed: number) => number | undefined): number[] =>
  Array.from({ length: count }, (_, i) => one(7919 * (i + 1)) ?? Number.POSITIVE_INFINITY).sort(
    (a, b) => a - b,
  );

describe('how soon, and how often wrongly (benchmarks 4.5)', () => {
  it.each([
    [1, 0, 0],
    [0.3, 10, 10],
    [0.12, 15, 120],
  ])(
    'RBC-P0-1: at an error rate of %d the median is +%d s at most, the 95th percentile +%d s',
    (rate, median, most) => {
      const all = many(100, (seed) => lateness(rate, 1500, 300, seed));
      expect(all[0]).toBeGreaterThanOrEqual(0);
      expect(all[50]).toBeLessThanOrEqual(median);
      expect(all[95]).toBeLessThanOrEqual(most);
    },
  );

  it('RBC-P0-1: two hours at a true 2 % raise no P0', () => {
    expect(many(40, (seed) => lateness(0.02, 7200, 0, seed)).filter(Number.isFinite)).toEqual([]);
  });
});

describe('any counts', () => {
  it('E-14: have exactly one level at every moment, and give the same lines twice', () => {
    const anyCount = fc
      .tuple(fc.integer({ min: 1, max: 200 }), fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([gap, n, share]) => ({ gap, n, k: Math.round(n * share) }));
    fc.assert(
      fc.property(fc.array(anyCount, { minLength: 1, maxLength: 60 }), (all) => {
        let s = 0;
        const ticks = all.map(({ gap, k, n }) => {
          s += gap;
          return counts(s, k, n);
        });
        const changes = fold(book, ticks);
        for (const { severity } of changes) expect(LEVELS).toContain(severity);
        expect(JSON.stringify(fold(book, ticks))).toBe(JSON.stringify(changes));
      }),
    );
  });
});
