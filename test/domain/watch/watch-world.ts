import type { Change } from '../../../src/domain/watch/change.ts';
import { Watch } from '../../../src/domain/watch/fold.ts';
import type { Band, Rule, RuleBook } from '../../../src/domain/watch/rule.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';

/** 1 October 2025, 14:25 UTC: users come. */
export const T0 = Date.UTC(2025, 9, 1, 14, 25);
export const at = (seconds: number): number => T0 + Math.round(seconds * 1000);
export const secondsOf = (iso: string | null): number | null =>
  iso === null ? null : (Date.parse(iso) - T0) / 1000;

export const makeRule = (bands: readonly Band[], more: Partial<Rule> = {}): Rule => ({
  id: 'one',
  title: 'One',
  metric: 'one',
  unit: 'percent',
  since: 'live',
  minSamples: 0,
  freshSeconds: 300,
  needed: true,
  bands,
  ...more,
});

export const makeBook = (rules: readonly Rule[], more: Partial<RuleBook> = {}): RuleBook => ({
  rules,
  criticalMinutes: 30,
  everySeconds: 15,
  critical: [],
  ...more,
});

export const value = (seconds: number, number: number | null, n?: number): Tick => ({
  at: at(seconds),
  metric: 'one',
  series: 'all',
  source: 'test',
  value: number,
  ...(n === undefined ? {} : { n }),
});

export const counts = (seconds: number, k: number, n: number): Tick => ({
  at: at(seconds),
  metric: 'one',
  series: 'all',
  source: 'test',
  k,
  n,
});

/** All changes of a watch, up to the end. */
export function fold(book: RuleBook, ticks: readonly Tick[], end?: number): readonly Change[] {
  const watch = new Watch(book);
  const changes = ticks.flatMap((tick) => watch.take(tick));
  return [...changes, ...watch.advance(end === undefined ? (ticks.at(-1)?.at ?? 0) : at(end))];
}

/** `level@second` of every change: easy to compare with a table. */
export const tell = (changes: readonly Change[]): string[] =>
  changes.map((one) => `${one.severity}@${secondsOf(one.at)}`);
