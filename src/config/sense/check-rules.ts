import { rankOf } from '../../domain/watch/rule.ts';
import type { RuleParts } from '../make-rule-book.ts';
import { mustKnow, type Remark } from './remark.ts';

type Rule = RuleParts['rules'][string];
type Band = Rule['bands'][number];

/** Larger is worse, whichever way the bands of a rule look. */
const badness = ({ from, below }: Band): number => from ?? -(below ?? 0);

const areTogether = (a: Band, b: Band): boolean =>
  (a.during ?? b.during) === (b.during ?? a.during) && (a.on ?? b.on) === (b.on ?? a.on);

function checkBand(band: Band, before: Band | undefined): string[] {
  if ((band.from === undefined) === (band.below === undefined)) return ['a band needs either from or below'];
  if (before === undefined) return [];
  if ((band.from === undefined) !== (before.from === undefined))
    return ['bands of one rule look the same way: all from, or all below'];
  if (rankOf(band.level) < rankOf(before.level))
    return ['bands go from mild to bad, and this level is milder than the one before'];
  return badness(band) < badness(before) && areTogether(band, before)
    ? ['bands go from mild to bad, and this one is milder than the one before']
    : [];
}

/** Two bands of one level that are met at once: nobody could say which of them counts. */
const overlaps = (bands: readonly Band[], i: number): boolean =>
  bands.slice(0, i).some((one) => {
    const band = bands[i] as Band;
    const isSameKind = one.during === band.during && one.on === band.on;
    return (
      isSameKind &&
      one.level === band.level &&
      badness(one) <= badness(band) &&
      one.dwellMinutes <= band.dwellMinutes
    );
  });

/** A value that will call for a rollback must not be called good while it builds up (E-23). */
function leavesGap({ bands }: Rule, band: Band): boolean {
  if (rankOf(band.level) <= rankOf('hold') || band.dwellMinutes <= 5) return false;
  const isCovered = (phase: 'critical' | 'later'): boolean =>
    bands.some(
      (one) =>
        one.level === 'hold' &&
        (one.during ?? phase) === phase &&
        badness(one) <= badness(band) &&
        one.dwellMinutes < band.dwellMinutes,
    );
  return !(['critical', 'later'] as const).every(
    (phase) => (band.during ?? phase) !== phase || isCovered(phase),
  );
}

function checkRule(id: string, rule: Rule): Remark[] {
  return rule.bands.flatMap((band, i) => {
    const path = ['rules', id, 'bands', i];
    const errors = checkBand(band, rule.bands[i - 1]);
    if (errors.length > 0) return errors.map((message) => ({ path, message }));
    if (overlaps(rule.bands, i))
      return [{ path, message: 'this band overlaps one before it: that one is met whenever this one is' }];
    const gap = 'there is a gap: for the first minutes nothing says hold. Add a hold band that is as wide';
    return leavesGap(rule, band) ? [{ path, message: gap }] : [];
  });
}

/** Rules that contradict themselves, or name what is not there (corrections 2.3). */
export const checkRules = ({ rules, monitoring }: RuleParts): Remark[] => [
  ...Object.entries(rules).flatMap(([id, rule]) => checkRule(id, rule)),
  ...monitoring.knownIssues.flatMap(({ rule }, i) =>
    mustKnow('rule', ['monitoring', 'knownIssues', i, 'rule'], rule, Object.keys(rules)),
  ),
];
