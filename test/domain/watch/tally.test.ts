import { describe, expect, it } from 'vitest';
import { Watch } from '../../../src/domain/watch/fold.ts';
import type { Level, RuleBook } from '../../../src/domain/watch/rule.ts';
import { judgeTally, Tallying } from '../../../src/domain/watch/tally.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { at, counts, makeBook, makeRule, T0, value } from './watch-world.ts';

const HOLD = { level: 'hold', row: 'SUC-01', from: 1, dwellMinutes: 5 } as const;
const P0 = { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 } as const;
const book = makeBook([makeRule([HOLD, P0])]);

/** The same value every 15 s, from a second to another, both included. */
const steady = (from: number, to: number, number: number): Tick[] =>
  Array.from({ length: Math.floor((to - from) / 15) + 1 }, (_, i) => value(from + i * 15, number));

const gapAt = (seconds: number): Tick => ({ at: at(seconds), mark: 'gap' });

function tallyOf(ticks: readonly Tick[], rules: RuleBook = book, failOn: Level = 'P1') {
  const tallying = new Tallying(new Watch(rules), failOn, { decision3: 30, decision4: 120 });
  for (const tick of ticks) tallying.take(tick);
  tallying.advance(ticks.at(-1)?.at ?? T0);
  return tallying.tally();
}

const verdictOf = (ticks: readonly Tick[]) => judgeTally(tallyOf(ticks), true);

describe('what a watch came to', () => {
  it('SUC-01: is not healthy while a band that asks for people is building up', () => {
    expect(verdictOf(steady(0, 1200, 0))).toBe('healthy');
    expect(verdictOf([...steady(0, 1200, 0), ...steady(1215, 1500, 9)])).toBe('inconclusive');
    expect(verdictOf([...steady(0, 1200, 0), ...steady(1215, 1500, 9), value(1515, 0)])).toBe('healthy');
    expect(verdictOf([...steady(0, 1200, 0), ...steady(1215, 1515, 2)])).toBe('evaluate');
  });

  it('tells a change once that comes together with a decision', () => {
    const tallying = new Tallying(new Watch(book), 'P1', { decision3: 30, decision4: 120 });
    const ticks = [...steady(0, 1785, 0), ...steady(3600, 3615, 0)];
    const told = ticks.flatMap((tick) => tallying.take(tick)).map((one) => `${one.severity} ${one.at}`);
    expect(told).toEqual([...new Set(told)]);
    expect(told).toHaveLength(2);
  });

  it('SUC-01: a decision that comes while one is building up is HOLD', () => {
    const ticks = [...steady(0, 1700, 0), ...steady(1710, 1900, 9), ...steady(1905, 2400, 0)];
    expect(tallyOf(ticks).decision3).toBe('hold');
    expect(tallyOf(steady(0, 2400, 0)).decision3).toBe('ok');
  });

  it('DP-3b, SUC-01: decision 3 is about the critical minutes, by the limits of those', () => {
    const strict = { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5, during: 'critical' } as const;
    const mild = { level: 'P3', row: 'RBC-P3-1', from: 0.5, dwellMinutes: 5, during: 'later' } as const;
    const rules = makeBook([makeRule([mild, strict])]);
    const tally = tallyOf(steady(0, 7500, 0.7), rules);
    expect([tally.decision3, tally.decision4]).toEqual(['hold', 'P3']);
  });

  it('SUC-01: is inconclusive when it was shorter than a band needs to say hold, from the last gap on', () => {
    const soon = makeBook(book.rules, { everySeconds: 5 });
    const often = (to: number): Tick[] => Array.from({ length: to / 5 + 1 }, (_, i) => value(i * 5, 0));
    expect(judgeTally(tallyOf(often(295), soon), true)).toBe('inconclusive');
    expect(judgeTally(tallyOf(often(300), soon), true)).toBe('healthy');
    const gap = gapAt(1290);
    expect(verdictOf([...steady(0, 1200, 0), gap, ...steady(1305, 1500, 0)])).toBe('inconclusive');
    expect(verdictOf([...steady(0, 1200, 0), gap, ...steady(1305, 1605, 0)])).toBe('healthy');
  });

  it('SUC-01: what was never measured calls for nothing, whatever level it fails on', () => {
    const thin = makeBook([makeRule([HOLD, P0], { minSamples: 20 })]);
    const few = tallyOf([value(0, 0, 3), value(15, 0, 3)], thin, 'hold');
    expect([few.level, few.rolledBack, few.worst]).toEqual(['hold', undefined, 'ok']);
    const fired = tallyOf(steady(0, 600, 2), book, 'hold');
    expect([fired.rolledBack?.row, fired.worst]).toEqual(['SUC-01', 'hold']);
  });

  it('counts of nothing but one endpoint that is always wrong are HOLD (corrections 2.3, last row)', () => {
    const rules = makeBook([makeRule([HOLD, P0], { minSamples: 20 })]);
    const good = Array.from({ length: 60 }, (_, i) => ({ ...counts(i * 15, 0, 10), series: 'GET /a' }));
    const bad = Array.from({ length: 4 }, (_, i) => ({ ...counts(i * 225, 2, 2), series: 'POST /b' }));
    const ticks = [...good, ...bad].sort((a, b) => a.at - b.at);
    expect(tallyOf(ticks, rules).level).toBe('hold');
    expect(tallyOf(good, rules).level).toBe('ok');
  });
});

describe('E-78, E-116: what else a record says of a watch', () => {
  const mark = (seconds: number, one: 'doubt' | 'sure' | 'open'): Tick => ({ at: at(seconds), mark: one });

  it('is inconclusive while more than one version answers, and a decision that comes then is HOLD', () => {
    const well = steady(0, 1200, 0);
    expect(verdictOf([...well, mark(1210, 'doubt'), ...steady(1215, 1800, 0)])).toBe('inconclusive');
    expect(verdictOf([...well, mark(1210, 'doubt'), mark(1240, 'sure')])).toBe('healthy');
    const due = [...well, mark(1210, 'doubt'), ...steady(1215, 2400, 0)];
    expect(tallyOf(due).decision3).toBe('hold');
  });

  it('names the source that fell silent in it, until the monitoring begins anew', () => {
    const hole = [...steady(0, 1200, 0), ...steady(3000, 7200, 0)];
    expect(tallyOf(hole).silent).toBe('test');
    expect(tallyOf(steady(0, 7200, 0)).silent).toBeUndefined();
    // One answer that came late, or one try that failed.
    expect(tallyOf([...steady(0, 1200, 0), ...steady(1680, 7200, 0)]).silent).toBeUndefined();
    expect(tallyOf([...hole, mark(7215, 'open'), ...steady(7215, 9000, 0)]).silent).toBeUndefined();
    expect(tallyOf([...steady(0, 1200, 0), gapAt(3000), ...steady(3000, 7200, 0)]).silent).toBeUndefined();
  });

  it('a monitoring that was begun anew is decided about anew', () => {
    const bad = [...steady(0, 1900, 2), gapAt(9000), mark(9000, 'open'), ...steady(9000, 10_000, 0)];
    expect(tallyOf(bad).decision3).toBeUndefined();
    expect(tallyOf([...bad, ...steady(10_005, 11_000, 0)]).decision3).toBe('ok');
  });
});
