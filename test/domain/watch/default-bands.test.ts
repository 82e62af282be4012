import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRuleBook } from '../../../src/config/make-rule-book.ts';
import { Watch } from '../../../src/domain/watch/fold.ts';
import { isWorse, LEVELS, type Level, type Phase, type Rule } from '../../../src/domain/watch/rule.ts';
import { OWN } from '../../support/own-runbook.ts';
import { T0 } from './watch-world.ts';

const book = makeRuleBook(OWN.runbook);
const STEP = 15;
const LONGEST = 17 * 60;
/** What bounds are multiples of, where they are: a baseline of so many ms. */
const BASELINE = 80;

const ruleOf = (id: string): Rule => {
  const found = book.rules.find((rule) => rule.id === id);
  if (found === undefined) throw new TypeError(`no rule ${id}`);
  return found;
};

/** A critical endpoint that has a limit, where the rule has limits. */
const seriesOf = ({ limits }: Rule): string =>
  book.critical.find((one) => limits === undefined || limits[one] !== undefined) ?? 'all';

const scaleOf = (rule: Rule): number => {
  if (rule.against === 'baseline') return BASELINE;
  return rule.against === 'limits' ? (rule.limits?.[seriesOf(rule)] ?? 1) : 1;
};

/** The level of a rule under which `value` (in its own unit) stood for so many seconds: what the engine says. */
function levelAfter(rule: Rule, value: number, lasted: number, phase: Phase): Level {
  const watch = new Watch({ ...book, rules: [rule], everySeconds: STEP });
  const from = { metric: rule.metric, series: seriesOf(rule), source: 'test' };
  // Users came an hour ago, or now: the stricter minutes are over, or begin.
  const open = phase === 'later' ? T0 - 3_600_000 : T0;
  watch.take({ at: open, mark: 'live' });
  watch.take({ ...from, at: open, baseline: BASELINE });
  watch.take({ at: open, mark: 'open' });
  // Nobody watched until then: an hour of silence is not judged step by step.
  if (phase === 'later') watch.take({ at: T0 - STEP * 1000, mark: 'gap' });
  for (let second = 0; second <= lasted; second += STEP)
    watch.take({ ...from, at: T0 + second * 1000, value: value * scaleOf(rule), n: 1000 });
  watch.advance(T0 + lasted * 1000);
  return watch.level();
}

/** The same, read from the table by hand: the worst band that the value is in, and for long enough. */
const levelByTable = (rule: Rule, value: number, lasted: number, phase: Phase): Level =>
  rule.bands
    .filter(
      ({ from, below }) => (from === undefined || value >= from) && (below === undefined || value < below),
    )
    .filter(({ during }) => during === undefined || during === phase)
    .filter(({ dwellMinutes }) => lasted >= dwellMinutes * 60)
    .reduce<Level>((worst, { level }) => (isWorse(level, worst) ? level : worst), 'ok');

const boundsOf = ({ bands }: Rule): number[] => [
  ...new Set(bands.map(({ from, below }) => from ?? below ?? 0)),
];
const EPSILON = 1e-6;
const around = (bound: number): number[] => [bound * (1 - EPSILON), bound, bound * (1 + EPSILON)];
const dwellsOf = ({ bands }: Rule): number[] => [
  ...new Set([0, ...bands.map((band) => band.dwellMinutes * 60)]),
];
/** Just before it has lasted, as it has, and just after. */
const about = (dwell: number): number[] =>
  [dwell - STEP, dwell, dwell + STEP].filter((second) => second >= 0);
const PHASES = ['critical', 'later'] as const;

const rules = book.rules.map((rule): [string, Rule] => [rule.id, rule]);

describe('the bands of the configuration', () => {
  it.each(rules)(
    'E-14: %s gives every value on, below and above each bound one verdict, for every time',
    (_, rule) => {
      const wrong = [];
      for (const phase of PHASES)
        for (const value of [0, ...boundsOf(rule).flatMap(around)])
          for (const lasted of dwellsOf(rule).flatMap(about)) {
            const [is, should] = [levelAfter, levelByTable].map((judge) => judge(rule, value, lasted, phase));
            if (is !== should) wrong.push({ phase, value, lasted, is, should });
          }
      expect(wrong).toEqual([]);
    },
  );

  it('E-14: gives any value for any time exactly one verdict', () => {
    const any = fc.record({
      rule: fc.constantFrom(...book.rules),
      value: fc.oneof(
        fc.double({ min: 0, max: 120, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
      ),
      steps: fc.nat(LONGEST / STEP),
      phase: fc.constantFrom(...PHASES),
    });
    fc.assert(
      fc.property(any, ({ rule, value, steps, phase }) => {
        const level = levelAfter(rule, value, steps * STEP, phase);
        expect(LEVELS).toContain(level);
        expect(level).toBe(levelByTable(rule, value, steps * STEP, phase));
      }),
      { numRuns: 150 },
    );
  });

  const standing = (id: string, value: number, minutes: number, phase: Phase): Level =>
    levelAfter(ruleOf(id), value, minutes * 60, phase);

  it('MON-02, SUC-02: a P95 of 200 ms for five minutes is HOLD, and one below it never', () => {
    expect(standing('p95-ms', 200, 5, 'critical')).toBe('hold');
    expect(standing('p95-ms', 199.9, 17, 'critical')).toBe('ok');
  });

  it('MON-12, EXT-03: 10 % over the baseline is HOLD in the later minutes, and noted in the first', () => {
    expect(standing('p95-ratio', 1.1, 5, 'later')).toBe('hold');
    expect(standing('p95-ratio', 1.099, 17, 'later')).toBe('ok');
    expect(standing('p95-ratio', 1.1, 5, 'critical')).toBe('P3');
  });

  it('MON-05, SUC-06: a thousandth of the logins is HOLD, and all of them are P1 at once', () => {
    expect(standing('login-failure-percent', 0.1, 5, 'critical')).toBe('hold');
    expect(standing('login-failure-percent', 0.099, 17, 'critical')).toBe('ok');
    expect(standing('login-failure-percent', 100, 0, 'critical')).toBe('P1');
  });

  it('SUC-05: one payment that we lost, or one delivery, is HOLD', () => {
    expect(standing('payment-success-percent', 99.9, 0, 'critical')).toBe('hold');
    expect(standing('payment-success-percent', 100, 17, 'critical')).toBe('ok');
    expect(standing('webhook-failure-percent', 0.1, 0, 'critical')).toBe('hold');
  });

  it('V24-04: payments are judged the same a day later', () => {
    expect(standing('payment-success-percent', 97, 0, 'later')).toBe('P2');
  });
});
