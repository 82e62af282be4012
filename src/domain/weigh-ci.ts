import type { Judgement } from './finding.ts';
import { plural } from './plural.ts';

/** One check of a commit, as far as a verdict needs it. */
export interface SeenCheck {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'open' | 'left-out';
  readonly word: string;
}

/** Which checks decide. */
export interface CiRules {
  /** None: all of them. */
  readonly required: readonly string[];
  readonly ignore: readonly string[];
}

/** Checks, sorted by what they mean for a release. */
export interface CiSum {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly open: readonly string[];
  /** Required ones that have not run, or were skipped. */
  readonly missing: readonly string[];
  /** Failed, but not required. */
  readonly beside: readonly string[];
}

const sayCheck = ({ name, word }: SeenCheck): string => `${name} (${word})`;

/** Sorts the checks of a commit; each counts once. */
export function sumCi(all: readonly SeenCheck[], { required, ignore }: CiRules): CiSum {
  const heard = all.filter(({ name }) => !ignore.includes(name));
  const isRequired = ({ name }: SeenCheck): boolean => required.length === 0 || required.includes(name);
  const deciding = heard.filter(isRequired);
  const inState = (state: SeenCheck['state']) => deciding.filter((one) => one.state === state);
  const answered = deciding.filter((one) => one.state !== 'left-out').map(({ name }) => name);
  return {
    passed: inState('passed').length,
    failed: inState('failed').map(sayCheck),
    open: inState('open').map(sayCheck),
    missing: required.filter((name) => !answered.includes(name)),
    beside: heard.filter((one) => one.state === 'failed' && !isRequired(one)).map(sayCheck),
  };
}

/** What the checks do not tell yet; undefined when they tell enough. A failure needs no more to be known. */
export function findCiGap({ passed, failed, open, missing }: CiSum): string | undefined {
  if (failed.length > 0) return undefined;
  if (open.length > 0) return `not decided: ${open.join(', ')}`;
  if (missing.length > 0) return `required, and not run: ${missing.join(', ')}`;
  return passed === 0 ? 'no check has succeeded on it' : undefined;
}

/** The judgement on a commit's checks, once nothing is open. */
export function judgeCi({ passed, failed, beside }: CiSum): Judgement {
  if (failed.length > 0)
    return {
      outcome: 'fail',
      said: `failed: ${failed.join(', ')}`,
      remedy: 'Mend it, and release the commit on which everything succeeds.',
    };
  const said = `${plural(passed, 'check')} succeeded`;
  if (beside.length === 0) return { outcome: 'pass', said };
  return {
    outcome: 'warn',
    said: `${said}; not required, and failed: ${beside.join(', ')}`,
    remedy: 'Look at them.',
  };
}
