import type { Scenario } from './scenario.ts';

/** How the scenarios of one critical path came out. */
export interface CriticalPath {
  /** `login`. */
  readonly path: string;
  /** As it is configured. */
  readonly pattern: string;
  readonly ran: number;
  readonly failed: readonly string[];
  readonly flaky: number;
}

/** End-to-end results, counted. */
export interface E2eSum {
  /** At the first try. */
  readonly passed: number;
  /** After a retry. */
  readonly flaky: number;
  readonly failed: readonly string[];
  readonly skipped: number;
  readonly critical: readonly CriticalPath[];
}

/** True when the parts between the stars stand in the text, in this order. Letter case does not matter. */
function holds(text: string, pattern: string): boolean {
  const whole = text.toLowerCase();
  let from = 0;
  for (const part of pattern.toLowerCase().split('*')) {
    const at = whole.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

const isOnPath = ({ name, tags }: Scenario, pattern: string): boolean =>
  pattern.startsWith('@') ? tags.includes(pattern.toLowerCase()) : holds(name, pattern);

function sumPath(path: string, pattern: string, scenarios: readonly Scenario[]): CriticalPath {
  const ran = scenarios.filter((one) => one.outcome !== 'skipped' && isOnPath(one, pattern));
  const failed = ran.filter((one) => one.outcome === 'failed').map((one) => one.name);
  const flaky = ran.filter((one) => one.outcome === 'flaky').length;
  return { path, pattern, ran: ran.length, failed, flaky };
}

/** Counts scenarios; what was skipped is no pass, and what passed after a retry stands apart (E-12). */
export function sumE2e(scenarios: readonly Scenario[], critical: Readonly<Record<string, string>>): E2eSum {
  const count = (outcome: Scenario['outcome']): number =>
    scenarios.filter((one) => one.outcome === outcome).length;
  return {
    passed: count('passed'),
    flaky: count('flaky'),
    failed: scenarios.filter((one) => one.outcome === 'failed').map((one) => one.name),
    skipped: count('skipped'),
    critical: Object.entries(critical).map(([path, pattern]) => sumPath(path, pattern, scenarios)),
  };
}

/** In thousandths of a percent, so that a limit like 99.9 is compared without a rounding error. */
const isShare = (part: number, whole: number, percent: number): boolean =>
  part * 100_000 >= Math.round(percent * 1000) * whole;

/** True at exactly the limit: 95.0 % passes a limit of 95 (E-12). A share of nothing is never enough. */
export const reaches = (part: number, whole: number, percent: number): boolean =>
  whole > 0 && isShare(part, whole, percent);

const ranIn = ({ passed, flaky, failed }: E2eSum): number => passed + flaky + failed.length;

/** True when the results speak against the release: too few passes, or one failure on a critical path. */
export const isE2eBad = (sum: E2eSum, percent: number): boolean =>
  sum.critical.some(({ failed }) => failed.length > 0) ||
  (ranIn(sum) > 0 && !reaches(sum.passed + sum.flaky, ranIn(sum), percent));

/** What the results do not tell; undefined when they tell enough. */
export function findE2eGap(sum: E2eSum): string | undefined {
  if (ranIn(sum) === 0) return 'no scenario ran';
  const unseen = sum.critical.filter(({ ran }) => ran === 0);
  if (unseen.length === 0) return undefined;
  return unseen
    .map(({ path, pattern }) => `no scenario of the critical path ${path} (${pattern}) ran`)
    .join(', ');
}

/** Why good results are not as good as they look; undefined when they are. */
export function findE2eDoubt(sum: E2eSum, percent: number): string | undefined {
  const { passed, flaky, skipped, critical } = sum;
  const shaky = critical.filter((one) => one.flaky > 0).map(({ path }) => path);
  if (shaky.length > 0) return `critical paths passed after a retry only: ${shaky.join(', ')}`;
  if (!reaches(passed, ranIn(sum), percent)) return 'without retries it would be below the limit';
  if (!reaches(passed + flaky, ranIn(sum) + skipped, percent)) return `${skipped} were skipped`;
  return critical.length === 0 ? 'no critical path is named' : undefined;
}

/** `117 of 120 passed (97.5 %), 2 of them after a retry, 4 skipped`. */
export function sayE2e(sum: E2eSum): string {
  const good = sum.passed + sum.flaky;
  // Rounded down: 94.96 must not be read as 95.
  const percent = Math.floor((good / Math.max(1, ranIn(sum))) * 1000) / 10;
  const parts = [
    `${good} of ${ranIn(sum)} passed (${percent} %)`,
    ...(sum.flaky > 0 ? [`${sum.flaky} of them after a retry`] : []),
    ...(sum.skipped > 0 ? [`${sum.skipped} skipped`] : []),
  ];
  return parts.join(', ');
}
