import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/domain/watch/rule.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { at, counts, fold, makeBook, makeRule, T0, tell, value } from './watch-world.ts';

const P1 = { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 } as const;
const expected = (source: string, second = 0): Tick => ({
  ...{ at: at(second), metric: 'one', source, expected: true },
});
const by = (source: string, tick: Tick): Tick => ({ ...tick, source }) as Tick;
const book = (more: Partial<Rule> = {}) => makeBook([makeRule([P1], more)]);

/** Ten good requests every ten seconds. */
const probes = (from: number, to: number): Tick[] =>
  Array.from({ length: (to - from) / 10 }, (_, i) => counts(from + i * 10, 0, 10));

/** The last word about the rule: its level and what it rests on. */
const lastOf = (ticks: readonly Tick[], more: Partial<Rule> = {}): string => {
  const last = fold(book(more), ticks, 600).at(-1);
  return last === undefined || last.severity === 'ok' ? 'ok' : `${last.severity} ${last.knowledge}`;
};

describe('what a rule knows', () => {
  it.each(['open', 'live'] as const)(
    'SUC-01: a source that is to tell and never did is HOLD, whatever another tells (since %s)',
    (since) => {
      const ticks = [expected('users'), expected('test'), ...probes(0, 600)];
      expect(lastOf(ticks, { since })).toBe('hold unknown');
      expect(lastOf(ticks.slice(1), { since })).toBe('ok');
    },
  );

  it('SUC-01: is known as soon as the last of them has told, and no more once one falls silent', () => {
    const users = by('users', counts(100, 0, 500));
    const ticks = [expected('users'), ...probes(0, 100), users, ...probes(100, 600)];
    expect(tell(fold(book(), ticks, 600))).toEqual(['hold@0', 'ok@105', 'hold@405']);
  });

  it('E-08: a source that answers that nobody used it has shown nothing', () => {
    const idle = Array.from({ length: 20 }, (_, i) => by('users', counts(i * 30, 0, 0)));
    expect(lastOf(idle, { since: 'open' })).toBe('hold thin');
    const busy = [...probes(0, 600), ...idle].sort((a, b) => a.at - b.at);
    expect(lastOf(busy, { since: 'open' })).toBe('hold thin');
    expect(lastOf([...probes(0, 600)], { since: 'open' })).toBe('ok');
  });

  it('has the samples of one source not stand for those of another', () => {
    const few = [
      by('users', counts(0, 0, 5)),
      by('users', counts(300, 0, 5)),
      by('users', counts(570, 0, 5)),
    ];
    const ticks = [...probes(0, 600), ...few].sort((a, b) => a.at - b.at);
    expect(lastOf(ticks, { minSamples: 20 })).toBe('hold thin');
    expect(lastOf(probes(0, 600), { minSamples: 20 })).toBe('ok');
  });

  it('E-15: a source without anything to compare with stands aside, and the others are judged', () => {
    const baseline: Tick = { at: T0, metric: 'one', series: 'all', source: 'users', baseline: 100 };
    const steady = Array.from({ length: 40 }, (_, i) => [
      by('users', value(i * 15, 110)),
      by('probe', value(i * 15, 900)),
    ]).flat();
    expect(lastOf([baseline, ...steady], { against: 'baseline' })).toBe('ok');
    expect(lastOf(steady, { against: 'baseline' })).toBe('hold unknown');
  });

  it('a rule that need not be known is unknown all the same once a source is to tell of it', () => {
    expect(lastOf([expected('queue'), value(0, 0)].slice(0, 1), { needed: false })).toBe('hold unknown');
    expect(lastOf([{ at: T0, mark: 'open' }], { needed: false })).toBe('ok');
  });

  it('a rule that need not be known waits for no more samples, unless a few of them are over its limit', () => {
    const idle = Array.from({ length: 20 }, (_, i) => by('users', counts(i * 30, 0, 0)));
    expect(lastOf(idle, { since: 'open', needed: false })).toBe('ok');
    const slow = Array.from({ length: 41 }, (_, i) => value(i * 15, 3));
    expect(lastOf(slow, { percentile: 95, minSamples: 20, needed: false })).toBe('hold thin');
  });

  it('F68: a gap takes back what was expected: whoever watches on says it anew', () => {
    const ticks = [
      expected('users'),
      ...probes(0, 300),
      { at: at(300), mark: 'gap' } as const,
      ...probes(310, 600),
    ];
    expect(lastOf(ticks)).toBe('ok');
  });
});
