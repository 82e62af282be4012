import { plural } from '../plural.ts';
import { goBecause, holdBecause, noGoBecause, type RuleAnswer } from './rule-answer.ts';

/** One known weakness of a dependency or of the code. */
export interface Vulnerability {
  readonly id: string;
  readonly severity: 'critical' | 'high' | 'moderate' | 'low' | 'info' | undefined;
  /** CVSS v3, 0.1 to 10; undefined when nobody scored it. */
  readonly cvss: number | undefined;
  /** In a package that is not shipped. */
  readonly isDevOnly: boolean;
  /** Accepted by name, with a date that has not passed. */
  readonly isWaived: boolean;
}

const isScored = (cvss: number | undefined): cvss is number => cvss !== undefined && cvss > 0 && cvss <= 10;

const isGrave = ({ severity, cvss }: Vulnerability, limit: number): boolean =>
  severity === 'critical' || severity === 'high' || (isScored(cvss) && cvss >= limit);

const isUnclear = ({ severity, cvss }: Vulnerability): boolean => severity === undefined && !isScored(cvss);

const sayIds = (all: readonly Vulnerability[], what: string): string => {
  const rest = all.length > 3 ? ` and ${all.length - 3} more` : '';
  const names = all.slice(0, 3).map((one) => one.id);
  return `${all.length} ${what}: ${names.join(', ')}${rest}`;
};

/**
 * GO-04, NG-03: the verdict on known weaknesses (E-13). High, critical, or a score of `limit` and more is NO-GO; what
 * is not shipped or was accepted by name is for people to decide, and so is what nobody rated.
 */
export function judgeVulnerabilities(found: readonly Vulnerability[] | undefined, limit: number): RuleAnswer {
  if (found === undefined) return holdBecause('nobody has looked for vulnerabilities');
  const grave = found.filter((one) => isGrave(one, limit));
  const open = grave.filter((one) => !one.isDevOnly && !one.isWaived);
  if (open.length > 0) return noGoBecause(sayIds(open, 'high or critical'));
  const unclear = found.filter((one) => isUnclear(one) && !one.isWaived);
  if (unclear.length > 0) return holdBecause(sayIds(unclear, 'without a rating'));
  if (grave.length > 0) return holdBecause(sayIds(grave, 'high or critical, accepted or not shipped'));
  return goBecause(
    found.length === 0 ? 'none known' : `none above ${limit}; ${plural(found.length, 'lesser one')}`,
  );
}
