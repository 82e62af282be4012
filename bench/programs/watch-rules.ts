// What the rules of a watch cost and how soon they see: folding a million ticks, delays of P0 over seeded faults, and the
// memory of two hours. Prints one JSON object.
import { readFileSync } from 'node:fs';
import { Watch } from '../../src/domain/watch/fold.ts';
import { Latencies } from '../../src/domain/watch/latencies.ts';
import type { Rule, RuleBook } from '../../src/domain/watch/rule.ts';
import type { Tick } from '../../src/domain/watch/tick.ts';

const [what = 'fold', seed = '1'] = process.argv.slice(2);
const rule = (id: string, metric: string): Rule => ({
  ...{
    id,
    title: id,
    metric,
    unit: 'percent',
    since: 'live',
    minSamples: 20,
    freshSeconds: 300,
    needed: true,
  },
  bands: [
    { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5 },
    { level: 'P2', row: 'RBC-P2-1', from: 1, dwellMinutes: 15 },
    { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 },
    { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 },
  ],
});
const book: RuleBook = {
  ...{ criticalMinutes: 30, everySeconds: 1, critical: [] },
  rules: [rule('errors', 'errors'), rule('values', 'values')],
};

function makeDraw(from: number): () => number {
  let state = from;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Endpoints, as sources name them: the same texts every time. */
const NAMES = Array.from({ length: 10 }, (_, i) => `s${i}`);
const nameOf = (i: number): string => NAMES[i % NAMES.length] ?? '';

// Written out like the ticks of the program (engine/watch/stamp.ts): a spread object costs five times as much and is kept for longer.
const countOf = (at: number, series: string, k: number): Tick => ({
  at,
  metric: 'errors',
  series,
  source: 'probe',
  k,
  n: 1,
});
const readingOf = (at: number, series: string, value: number | null, n: number): Tick => ({
  at,
  metric: 'values',
  series,
  source: 'probe',
  value,
  n,
});

function* ticks(count: number, draw: () => number): Generator<Tick> {
  for (let i = 0; i < count; i += 1) {
    const at = Math.floor(i / 20) * 1000;
    yield i % 20 < 10
      ? countOf(at, nameOf(i), draw() < 0.01 ? 1 : 0)
      : readingOf(at, nameOf(i), draw() * 3, 30);
  }
}

function fold(): object {
  const all = [...ticks(1_000_000, makeDraw(7))];
  const watch = new Watch(book);
  const start = process.cpuUsage();
  for (const tick of all) watch.take(tick);
  const { user, system } = process.cpuUsage(start);
  return { cpuMs: (user + system) / 1000, ticks: all.length };
}

/** Seconds beyond the rule's five minutes; null: it never fired. */
function delayOf(rate: number, seconds: number, onset: number, draw: () => number): number | null {
  const watch = new Watch(book);
  for (let s = 0; s < seconds; s += 1) {
    const k = s >= onset && draw() < rate ? 1 : 0;
    const changes = watch.take({ at: s * 1000, metric: 'errors', series: 'x', source: 'probe', k, n: 1 });
    const fired = changes.find(({ severity }) => severity === 'P0');
    if (fired !== undefined) return Date.parse(fired.at) / 1000 - onset - 300;
  }
  return null;
}

function detect(): object {
  const draw = makeDraw(Number(seed) * 7919);
  const many = (rate: number, seconds: number, onset: number) =>
    Array.from({ length: 200 }, () => delayOf(rate, seconds, onset, draw));
  return {
    all: many(1, 1500, 300),
    third: many(0.3, 1500, 300),
    eighth: many(0.12, 2400, 300),
    quiet: many(0.02, 7200, 0),
  };
}

const rssMiB = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

/** Ten endpoints, one probe a second each, for two hours: the peak, and the growth from minute 10 on. */
function remember(): object {
  const watch = new Watch(book);
  const draw = makeDraw(11);
  const times = Array.from({ length: 10 }, () => new Latencies());
  const seen: number[] = [];
  for (let s = 0; s < 7200; s += 1) {
    for (let e = 0; e < 10; e += 1) {
      times[e]?.add(s * 1000, draw() * 200);
      watch.take(countOf(s * 1000, nameOf(e), draw() < 0.01 ? 1 : 0));
      if (s % 5 > 0) continue;
      const { value, n } = times[e]?.quantile(0.95, s * 1000) ?? { value: 0, n: 0 };
      watch.take(readingOf(s * 1000, nameOf(e), value, n));
    }
    if (s % 600 === 599) seen.push(rssMiB());
  }
  return { peak: Math.max(...seen), growth: (seen.at(-1) ?? 0) - (seen[0] ?? 0) };
}

const answers: Readonly<Record<string, () => object>> = { fold, detect, remember };
process.stdout.write(JSON.stringify(answers[what]?.() ?? {}));
