import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRuleBook } from '../../src/config/make-rule-book.ts';
import { Watch } from '../../src/domain/watch/fold.ts';
import { LEVELS, type Level, type Phase, type Rule, rankOf } from '../../src/domain/watch/rule.ts';
import type { Tick } from '../../src/domain/watch/tick.ts';
import { book, levelAfter, ruleOf, runbook, SERIES, scaleOf, T0 } from '../support/rule-level.ts';

const PHASES: readonly Phase[] = ['critical', 'later'];

/** The table, read once more and without an engine. */
const tableSays = (rule: Rule, reading: number, seconds: number, phase: Phase): Level =>
  rule.bands
    .filter(({ from, below }) => (from === undefined ? reading < (below ?? 0) : reading >= from))
    .filter(({ dwellMinutes }) => seconds >= dwellMinutes * 60)
    .filter(({ during = phase }) => during === phase)
    .reduce<Level>((worst, { level }) => (rankOf(level) > rankOf(worst) ? level : worst), 'ok');

const bounds = (rule: Rule): number[] => [
  ...new Set(rule.bands.map(({ from, below }) => from ?? below ?? Number.NaN)),
];
const around = (bound: number): number[] =>
  // Wide enough to survive being multiplied and divided.
  [bound * (1 - 1e-9), bound, bound * (1 + 1e-9)];
const dwells = (rule: Rule): number[] => {
  const all = rule.bands.map(({ dwellMinutes }) => dwellMinutes * 60);
  return [...new Set(all.flatMap((seconds) => [seconds - 5, seconds, seconds + 5]))].filter(
    (one) => one >= 0,
  );
};

describe('the rules of the runbook (corrections 2.3)', () => {
  it.each(book.rules.map((rule) => [rule.id, rule] as const))(
    'SUC-07: %s has exactly one level at every bound, a hair above and below, at every dwell time',
    (_, rule) => {
      const wrong: string[] = [];
      for (const phase of PHASES)
        for (const reading of bounds(rule).flatMap(around))
          for (const seconds of dwells(rule)) {
            const found = levelAfter(rule, reading, seconds, phase);
            const wanted = tableSays(rule, reading, seconds, phase);
            if (found !== wanted) wrong.push(`${phase} ${reading} for ${seconds} s: ${found}, not ${wanted}`);
          }
      expect(wrong).toEqual([]);
    },
  );

  it('RBC-P0-1: five percent of an endpoint that is not critical are P1: P0 is for critical ones', () => {
    const watch = new Watch({ ...book, rules: [ruleOf('error-percent')] });
    const same = {
      metric: 'error-percent',
      series: 'GET /api/exports/:id/download',
      source: 'test',
      value: 50,
      n: 1000,
    };
    for (let s = 0; s <= 900; s += 5) watch.take({ at: T0 + s * 1000, ...same });
    watch.advance(T0 + 900_000);
    expect([book.critical.includes('GET /api/exports/:id/download'), watch.level()]).toEqual([false, 'P1']);
    expect(book.critical).toEqual(
      expect.arrayContaining(['POST /api/auth/login', 'POST /api/payments/create-checkout', SERIES]),
    );
  });

  it.each([null, Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'SUC-01: %s was not measured: HOLD under every rule',
    (reading) => {
      const isEndless = ({ unit }: Rule): boolean => reading === Infinity && (unit === 'ms' || unit === 's');
      const rules = book.rules.filter((rule) => !isEndless(rule));
      for (const rule of rules) expect(levelAfter(rule, reading, 3600, 'later'), rule.id).toBe('hold');
    },
  );

  it('SUC-02, SUC-04, T6: a time without an end is as bad as one far above every bound', () => {
    const times = book.rules.filter(({ unit }) => unit === 'ms' || unit === 's');
    expect(times.map(({ id }) => id)).toContain('endpoint-p95');
    for (const rule of times)
      expect(levelAfter(rule, Infinity, 3600, 'later'), rule.id).toBe(levelAfter(rule, 1e9, 3600, 'later'));
  });

  it('E-17: too few samples are HOLD, never good and never a rollback', () => {
    const paid = ruleOf('payment-success-percent');
    expect([100, 50, 0].map((reading) => levelAfter(paid, reading, 600, 'later', 19))).toEqual(
      Array(3).fill('hold'),
    );
    expect(levelAfter(paid, 0, 0, 'later', 20)).toBe('P0');
  });

  it('RBC-P1-3: one failed login is HOLD, and no rollback; three that all failed are one', () => {
    const said = (n: number) => {
      const watch = new Watch({ ...book, rules: [ruleOf('login-failure-percent')] });
      watch.take({ at: T0, metric: 'login-failure-percent', series: 'all', source: 'probe', k: n, n });
      watch.advance(T0);
      return watch.level();
    };
    expect([1, 2, 3].map(said)).toEqual(['hold', 'hold', 'P1']);
  });

  it('RBC-P3-4: a known issue of the configuration keeps its rule quiet to the end of its day', () => {
    const known = [{ rule: 'p95-ms', reason: 'exports', by: 'Robin Example', until: '2025-10-01' }];
    const made = makeRuleBook({ ...runbook, monitoring: { ...runbook.monitoring, knownIssues: known } });
    const rule = made.rules.find(({ id }) => id === 'p95-ms');
    expect(rule?.known).toEqual([{ series: undefined, reason: 'exports', until: Date.UTC(2025, 9, 2) }]);
  });
});

const anyTick = fc
  .record({
    gap: fc.integer({ min: 0, max: 200 }),
    rule: fc.constantFrom(...book.rules),
    series: fc.constantFrom(SERIES, 'GET /health', 'all'),
    value: fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 120, noNaN: true }))),
    n: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    mark: fc.constantFrom(undefined, undefined, undefined, undefined, 'gap', 'open', 'live', 'tick'),
  })
  .map(({ gap, rule, series, value, n, mark }): { gap: number; make: (at: number) => Tick } => ({
    gap,
    make: (at) =>
      mark === undefined
        ? { at, metric: rule.metric, series, source: 'test', value, ...(n === undefined ? {} : { n }) }
        : { at, mark: mark as 'gap' },
  }));

describe('any ticks under the rules of the runbook', () => {
  it('SUC-01: have one level at every moment, and give the same lines twice', () => {
    fc.assert(
      fc.property(fc.array(anyTick, { minLength: 1, maxLength: 40 }), (all) => {
        let at = T0;
        const ticks = all.map(({ gap, make }) => {
          at += gap * 1000;
          return make(at);
        });
        const run = () => {
          const watch = new Watch(book);
          const lines = ticks.flatMap((tick) => watch.take(tick));
          return { lines: [...lines, ...watch.advance(at + 600_000)], level: watch.level() };
        };
        const { lines, level } = run();
        expect(LEVELS).toContain(level);
        for (const line of lines) if (rankOf(line.severity) > rankOf('hold')) expect(line.row).not.toBeNull();
        expect(JSON.stringify(run().lines)).toBe(JSON.stringify(lines));
      }),
    );
  });

  it('E-14: a reading that was worse never makes the level better', () => {
    const shares = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 120 });
    const levelOf = (rule: Rule, values: readonly number[]): number => {
      const watch = new Watch({ ...book, rules: [rule] });
      const same = { metric: rule.metric, series: SERIES, source: 'test', n: 1000 };
      watch.take({ at: T0, metric: rule.metric, series: SERIES, source: 'test', baseline: 200 });
      for (const [i, value] of values.entries())
        watch.take({ at: T0 + i * 15_000, ...same, value: value * scaleOf(rule) });
      watch.advance(T0 + (values.length - 1) * 15_000);
      return rankOf(watch.level());
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...book.rules),
        shares,
        fc.nat(),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (rule, values, which, by) => {
          const isLow = rule.bands.some((band) => band.below !== undefined);
          const worse = values.map((value, i) =>
            i === which % values.length ? Math.max(0, isLow ? value - by : value + by) : value,
          );
          expect(levelOf(rule, worse)).toBeGreaterThanOrEqual(levelOf(rule, values));
        },
      ),
    );
  });
});
