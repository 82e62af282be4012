import type { Judgement } from '../finding.ts';
import { nearestRank } from '../percentile.ts';
import type { BenchmarkReport, Reading } from './benchmark.ts';

/** What must stay below. In ms, and in percent. */
export interface BenchmarkLimits {
  readonly api: number;
  readonly query: number;
  readonly page: number;
  readonly failedPercent: number;
}

/** Fewer requests than these prove no P95 (E-24). */
const FEWEST = 20;
const WORD = { api: 'P95 of requests', query: 'P95 of queries', page: 'page load' } as const;

/** One number of each kind: the slowest report decides, and of page loads their P95. */
interface Result {
  readonly kind: Reading['kind'];
  readonly ms: number;
  readonly samples: number | undefined;
}

function sumKind(readings: readonly Reading[], kind: Reading['kind']): Result | undefined {
  const own = readings.filter((one) => one.kind === kind);
  const ms = nearestRank(
    own.map((one) => one.ms),
    kind === 'page' ? 0.95 : 1,
  );
  if (ms === undefined) return undefined;
  const counts = own.map((one) => one.samples);
  const samples = counts.some((one) => one === undefined) ? undefined : Math.min(...counts.map(Number));
  return { kind, ms, samples: kind === 'page' ? own.length : samples };
}

const sumAll = (reports: readonly BenchmarkReport[]): readonly Result[] => {
  const readings = reports.flatMap((report) => report.readings);
  return (['api', 'query', 'page'] as const).flatMap((kind) => sumKind(readings, kind) ?? []);
};

/** Below, not at: the runbook says "less than" (PRE-10 to PRE-12). */
const isSlow = ({ kind, ms }: Result, limits: BenchmarkLimits): boolean => !(ms < limits[kind]);

const round = (ms: number): number => Math.ceil(ms * 10) / 10;

const say = ({ kind, ms, samples }: Result, limits: BenchmarkLimits): string => {
  const loads = kind === 'page' ? `, P95 of ${samples}` : '';
  return `${WORD[kind]} ${round(ms)} ms${loads} (below ${limits[kind]})`;
};

function listFaults(reports: readonly BenchmarkReport[], limits: BenchmarkLimits): readonly string[] {
  const slow = sumAll(reports).filter((one) => isSlow(one, limits));
  const failed = reports.flatMap(({ failedPercent: share }) =>
    share !== undefined && !(share < limits.failedPercent)
      ? [`${Math.ceil(share * 100) / 100} % of the requests failed (below ${limits.failedPercent})`]
      : [],
  );
  const crossed = reports.flatMap((one) => one.crossed).map((limit) => `crossed: ${limit}`);
  return [...slow.map((one) => say(one, limits)), ...failed, ...crossed];
}

/** True when the numbers speak against the release, whatever else is missing. */
export const areSlow = (reports: readonly BenchmarkReport[], limits: BenchmarkLimits): boolean =>
  listFaults(reports, limits).length > 0;

/** What the numbers do not tell; undefined when they tell enough. */
export function findBenchmarkGap(reports: readonly BenchmarkReport[]): string | undefined {
  const results = sumAll(reports);
  if (results.length === 0) return 'nothing was measured';
  const few = results.find(({ kind, samples }) => kind === 'api' && (samples ?? 0) < FEWEST);
  if (few === undefined) return undefined;
  return few.samples === undefined
    ? 'they do not say how many requests were made'
    : `${few.samples} requests prove no P95; ${FEWEST} are needed`;
}

/** The judgement on benchmarks (PRE-10 to PRE-12, PRE-20, HOP-07). */
export function judgeBenchmarks(reports: readonly BenchmarkReport[], limits: BenchmarkLimits): Judgement {
  const faults = listFaults(reports, limits);
  const all = sumAll(reports).map((one) => say(one, limits));
  const evidence = { results: [...all], faults: [...faults] };
  if (faults.length === 0) return { outcome: 'pass', said: all.join(', '), evidence };
  return {
    outcome: 'fail',
    said: faults.join(', '),
    remedy: 'Make it faster, or measure again when something else was in the way.',
    evidence,
  };
}
