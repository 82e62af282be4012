import { plural } from '../plural.ts';
import { goBecause, holdBecause, isCount, noGoBecause, type RuleAnswer, sayPercent } from './rule-answer.ts';

/** A report of end-to-end tests, counted. */
export interface EndToEnd {
  /** Scenarios that passed, also those that needed another try. */
  readonly passed: number;
  /** Scenarios that ran. */
  readonly total: number;
  /** Critical paths (login, create, pay) that failed. */
  readonly criticalFailed: number;
  /** Critical paths that no scenario of the report covers. */
  readonly criticalMissing: number;
  /** False when the report is about another commit, or older than the candidate; undefined when nobody can tell. */
  readonly isOfCandidate: boolean | undefined;
}

const isCounted = ({ passed, total, criticalFailed, criticalMissing }: EndToEnd): boolean =>
  [passed, total, criticalFailed, criticalMissing].every(isCount) && total > 0 && passed <= total;

/**
 * PRE-14, GO-01, NG-02: the verdict on the end-to-end tests; exactly `passPercent` passes (E-12). A report about
 * something else decides nothing, neither way.
 */
export function judgeEndToEnd(report: EndToEnd | undefined, passPercent: number): RuleAnswer {
  if (report === undefined) return holdBecause('there is no report of the end-to-end tests');
  if (report.isOfCandidate !== true) return holdBecause('the report is not of this candidate');
  if (!isCounted(report)) return holdBecause('the report counts no tests');
  const { passed, total, criticalFailed, criticalMissing } = report;
  if (criticalFailed > 0) return noGoBecause(`${plural(criticalFailed, 'critical path')} failed`);
  // Multiplied first: 57 of 60 is 95 exactly, 57 / 60 need not be 0.95.
  const percent = (100 * passed) / total;
  const counts = `${passed} of ${total} passed, ${sayPercent(percent)}`;
  if (!(percent >= passPercent)) return noGoBecause(`${counts}, below ${passPercent} %`);
  if (criticalMissing > 0)
    return holdBecause(`${counts}, but ${plural(criticalMissing, 'critical path')} did not run`);
  return goBecause(counts);
}
