import { makeRuleBook } from '../../src/config/make-rule-book.ts';
import { Watch } from '../../src/domain/watch/fold.ts';
import type { Level, Phase, Rule } from '../../src/domain/watch/rule.ts';
import { OWN } from './own-runbook.ts';

export const { runbook } = OWN;
export const book = makeRuleBook(runbook);
export const T0 = Date.UTC(2025, 9, 1, 14);
/** Where nothing is said of the endpoint it is a critical one. */
export const SERIES = 'POST /api/payments/webhook';

/** A rule of the runbook; throws for one that it does not have. */
export function ruleOf(id: string): Rule {
  const found = book.rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`the runbook has no rule ${id}`);
  return found;
}

/** A steady value of one series for so many seconds, in the critical minutes or long after them. */
export function levelAt(
  rule: Rule,
  value: number | null,
  seconds: number,
  phase: Phase,
  { series = SERIES, n = 10_000 } = {},
): Level {
  const watch = new Watch({ ...book, rules: [rule] });
  const start = T0 + (phase === 'critical' ? 0 : 3_600_000);
  const same = { metric: rule.metric, series, source: 'test' };
  watch.take({ at: T0, mark: 'tick' });
  watch.take({ at: T0, ...same, baseline: 200 });
  // Nobody watched until then: an hour of silence is not judged every five seconds.
  if (start > T0) watch.take({ at: start - 5000, mark: 'gap' });
  for (let at = 0; at <= seconds; at += 5) watch.take({ at: start + at * 1000, ...same, value, n });
  watch.advance(start + seconds * 1000);
  return watch.level();
}

/** What a reading of the rule is multiplied with. */
export const scaleOf = ({ against, limits }: Rule): number =>
  against === undefined ? 1 : against === 'baseline' ? 200 : (limits?.[SERIES] ?? Number.NaN);

/** The same for a reading as the bands have it: a multiple of a limit or of the baseline where the rule says so. */
export const levelAfter = (
  rule: Rule,
  reading: number | null,
  seconds: number,
  phase: Phase,
  n?: number,
): Level =>
  levelAt(
    rule,
    reading === null ? null : reading * scaleOf(rule),
    seconds,
    phase,
    n === undefined ? {} : { n },
  );
