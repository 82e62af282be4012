import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Band } from '../../../src/domain/watch/rule.ts';
import { at, fold, makeBook, makeRule, secondsOf, T0, tell, value } from './watch-world.ts';

const errors: readonly Band[] = [
  { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5, during: 'critical' },
  { level: 'hold', row: 'EXT-01', from: 1, dwellMinutes: 5, during: 'later' },
  { level: 'P2', row: 'RBC-P2-1', from: 1, dwellMinutes: 15 },
  { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 },
  { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 },
];
const P1: Band = { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 };
const book = makeBook([makeRule(errors)]);

/** The same value every 15 s, from a second up to but not with another. */
const steady = (from: number, to: number, number: number | null, n?: number) =>
  Array.from({ length: Math.ceil((to - from) / 15) }, (_, i) => value(from + i * 15, number, n));

describe('values, judged as Prometheus judges `for:`', () => {
  it.each([
    ['RBC-P0-1', 6, ['P0@300']],
    ['RBC-P1-1', 2, ['hold@300', 'P1@600']],
    ['RBC-P2-1', 1, ['hold@300', 'P2@900']],
    ['SUC-01', 0.5, ['hold@300']],
  ])('%s: %d %% for twenty minutes', (_, number, wanted) => {
    expect(tell(fold(book, steady(0, 1200, number)))).toEqual(wanted);
  });

  it('E-14: time in a worse band counts for the milder ones, and a band ends with its first good reading', () => {
    const ticks = [
      ...steady(0, 240, 9),
      ...steady(240, 600, 3),
      ...steady(600, 615, 1.5),
      ...steady(615, 960, 0),
    ];
    expect(tell(fold(book, ticks))).toEqual(['hold@300', 'ok@615']);
    expect(tell(fold(book, [...steady(0, 240, 9), ...steady(240, 930, 2)]))).toEqual(['hold@300', 'P1@600']);
  });

  it('E-14: what was too high before the later minutes began need not begin again', () => {
    expect(tell(fold(book, steady(0, 2000, 0.7)))).toEqual(['hold@300', 'ok@1800']);
    const ticks = [...steady(0, 1680, 0), ...steady(1680, 2400, 1.2)];
    expect(fold(book, ticks).map((one) => [secondsOf(one.at), one.row])).toEqual([[1980, 'EXT-01']]);
  });

  it('carries the last reading through a gap of five minutes, and no longer', () => {
    const one = makeBook([makeRule([P1])]);
    expect(tell(fold(one, [...steady(0, 300, 3), value(585, 3), value(600, 3)]))).toEqual(['P1@600']);
    // 285 is the last one before; at 585 it is five minutes old, and stale unless the next one is there.
    expect(tell(fold(one, [...steady(0, 300, 3), value(615, 3)], 1230))).toEqual([
      'hold@585',
      'ok@615',
      'hold@915',
    ]);
  });

  it('RBC-P0-2: never fires on one reading and silence, and carries one from one reading to the next', () => {
    const down = makeBook([makeRule([{ level: 'P0', row: 'RBC-P0-2', from: 1, dwellMinutes: 2 }])], {
      everySeconds: 1,
    });
    expect(tell(fold(down, [value(0, 1)], 299))).toEqual([]);
    expect(tell(fold(down, [value(0, 1), value(1, 1)], 299))).toEqual([]);
    // One that is as old as readings are apart is carried; the next one decides where a longer silence was.
    expect(
      tell(
        fold(
          down,
          [0, 50, 100].map((s) => value(s, 1)),
          299,
        ),
      ),
    ).toEqual(['P0@120']);
    expect(
      tell(
        fold(
          down,
          [0, 1, 250].map((s) => value(s, 1)),
          299,
        ),
      ),
    ).toEqual(['P0@250']);
    expect(tell(fold(down, [value(0, 0), value(290, 1)], 500))).toEqual([]);
  });

  it('starts over when the source says that there is no value', () => {
    const one = makeBook([makeRule([P1])]);
    const ticks = [...steady(0, 300, 3), value(300, null), ...steady(315, 930, 3)];
    expect(tell(fold(one, ticks))).toEqual(['hold@300', 'ok@315', 'P1@915']);
  });

  it('F68: starts over after a time in which nobody watched', () => {
    const one = makeBook([makeRule([P1])]);
    const gap = { at: at(300), mark: 'gap' } as const;
    const ticks = [...steady(0, 300, 3), gap, ...steady(315, 930, 3)];
    expect(tell(fold(one, ticks))).toEqual(['hold@300', 'ok@315', 'P1@915']);
    const away = { at: at(400), mark: 'gap' } as const;
    const short = makeBook([makeRule([{ ...P1, dwellMinutes: 2 }])]);
    // What failed last before the gap is not carried through it.
    expect(tell(fold(short, [value(0, 3), value(60, 3), away], 390))).toEqual(['hold@400']);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('SUC-01: %s was not measured: HOLD', (number) => {
    expect(fold(book, steady(0, 60, number)).map((one) => [one.severity, one.knowledge])).toEqual([
      ['hold', 'unknown'],
    ]);
  });

  it('T6: a time without an end is over every limit, and is told as one', () => {
    const times = makeBook([makeRule([P1], { unit: 'ms' })]);
    const [fired, ...rest] = fold(times, steady(0, 660, Number.POSITIVE_INFINITY));
    expect([fired, rest]).toMatchObject([{ severity: 'P1', row: 'RBC-P1-1', value: null }, []]);
  });

  it('E-17: too few samples are HOLD, never good and never a rollback', () => {
    const paid = makeBook([
      makeRule([{ level: 'P0', row: 'RBC-P0-4', below: 90, dwellMinutes: 0 }], { minSamples: 20 }),
    ]);
    const said = (n: number | undefined, number: number) =>
      fold(paid, [value(0, number, n)]).map((one) => `${one.severity} ${one.knowledge}`);
    expect(said(19, 0)).toEqual(['hold thin']);
    expect(said(undefined, 100)).toEqual(['hold thin']);
    expect([said(20, 89.9), said(20, 90)]).toEqual([['P0 measured'], []]);
  });

  it.each([0, Number.NaN, Number.POSITIVE_INFINITY, -1])(
    'E-17: a value of %d samples rests on nothing',
    (n) => {
      expect(fold(book, [value(0, 0, n)]).map((one) => `${one.severity} ${one.knowledge}`)).toEqual([
        'hold unknown',
      ]);
    },
  );

  it('E-15: compares with the baseline, and is HOLD where there is none', () => {
    const relative = makeBook([
      makeRule([{ level: 'P1', row: 'RBC-P1-2', from: 3, dwellMinutes: 0 }], { against: 'baseline' }),
    ]);
    const baseline = { at: T0, metric: 'one', series: 'all', source: 'test', baseline: 100 };
    expect(tell(fold(relative, [baseline, value(0, 299.9), value(15, 300)]))).toEqual(['P1@15']);
    expect(fold(relative, [value(0, 900)]).map((one) => one.knowledge)).toEqual(['unknown']);
    // What the application measured on itself says nothing of how far away a desk is.
    const other = { ...baseline, source: 'application' };
    expect(fold(relative, [other, value(0, 900)]).map((one) => one.knowledge)).toEqual(['unknown']);
  });

  it('E-08: judges what users meet only once they are in', () => {
    const opened = makeBook([makeRule([{ ...P1, dwellMinutes: 1 }], { since: 'open' })]);
    const ticks = [
      { at: T0, mark: 'live' as const },
      ...steady(0, 600, 50),
      { at: at(600), mark: 'open' as const },
      ...steady(600, 690, 50),
    ];
    expect(tell(fold(opened, ticks))).toEqual(['P1@660']);
  });

  it('E-08: calls for nothing any more once another version is proven', () => {
    const opened = makeBook([makeRule([{ ...P1, dwellMinutes: 0 }], { since: 'open' })]);
    const ticks = [value(0, 50), { at: at(30), mark: 'live' as const }, value(60, 50)];
    expect(tell(fold(opened, ticks))).toEqual(['P1@0', 'ok@30']);
  });

  it('RBC-P3-4: a known issue keeps quiet until it runs out', () => {
    const known = [{ until: at(900), reason: 'exports are slow since v2.0.1' }];
    expect(tell(fold(makeBook([makeRule([P1], { known })]), steady(0, 1200, 3)))).toEqual(['P1@900']);
  });

  it('names what it saw: onset, firing, row and reading', () => {
    const [, fired] = fold(book, steady(0, 600 + 15, 3.5, 400));
    expect(fired).toEqual({
      ...{
        at: '2025-10-01T14:35:00.000Z',
        severity: 'P1',
        rule: 'one',
        row: 'RBC-P1-1',
        knowledge: 'measured',
      },
      ...{ series: 'all', source: 'test', onset_at: '2025-10-01T14:25:00.000Z' },
      ...{ fired_at: '2025-10-01T14:35:00.000Z', for_s: 600, value: 3.5, n: 400 },
      ...{ k: null, lower: null, upper: null },
    });
  });
});

/** Prometheus's rule manager in small, from its documentation: an instant query, then the life of an alert. */
function oracle(
  samples: readonly { s: number; v: number }[],
  every: number,
  end: number,
  limit: number,
  forS: number,
) {
  const firing: number[] = [];
  const begins: number[] = [];
  let activeAt: number | undefined;
  for (let t = samples[0]?.s ?? 0; t <= end; t += every) {
    const last = samples.filter((one) => one.s <= t).at(-1);
    const isActive = last !== undefined && last.s > t - 300 && last.v >= limit;
    if (!isActive) activeAt = undefined;
    else activeAt ??= t;
    if (activeAt === undefined || t - activeAt < forS) continue;
    if (firing.at(-1) !== t - every) begins.push(t);
    firing.push(t);
  }
  return { firing, begins };
}

const firingsOf = (samples: readonly { s: number; v: number }[], every: number, minutes: number) =>
  fold(
    makeBook([makeRule([{ ...P1, dwellMinutes: minutes }])], { everySeconds: every }),
    samples.map(({ s, v }) => value(s, v)),
  )
    .filter((change) => change.severity === 'P1')
    .map((change) => secondsOf(change.fired_at));

describe('values against a second reading of Prometheus', () => {
  it('RBC-P1-1: fire at the same moments when readings come at the scrape interval', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1.999, 2, 2, 2, 2, 2, 2, 2, 2.001, 7), { minLength: 1, maxLength: 90 }),
        fc.constantFrom(5, 10, 15, 30, 60),
        fc.constantFrom(5, 15, 60),
        fc.nat(60),
        fc.constantFrom(0, 1, 5, 10),
        (values, scrape, every, offset, minutes) => {
          // The first evaluation comes with the first reading: one of long ago lets the others fall between two.
          const samples = [{ s: 0, v: 0 }, ...values.map((v, i) => ({ s: 1 + offset + i * scrape, v }))];
          const end = samples.at(-1)?.s ?? 0;
          expect(firingsOf(samples, every, minutes)).toEqual(
            oracle(samples, every, end, 2, minutes * 60).begins,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('RBC-P1-1: fire only while it fires, whatever comes when', () => {
    const steps = fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(15), fc.integer({ min: 1, max: 45 }), fc.integer({ min: 250, max: 400 })),
        v: fc.constantFrom(0, 1.999, 2, 2, 2, 2.001, 7),
      }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(5, 15, 60), fc.constantFrom(0, 1, 5, 10), (all, every, minutes) => {
        let s = 0;
        const samples = all.map(({ gap, v }) => {
          s += gap;
          return { s, v };
        });
        const { firing } = oracle(samples, every, s, 2, minutes * 60);
        expect(firing).toEqual(expect.arrayContaining(firingsOf(samples, every, minutes)));
      }),
      { numRuns: 300 },
    );
  });
});
