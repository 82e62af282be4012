import type { BenchmarkReport } from '../../src/domain/reports/benchmark.ts';
import { readK6 } from '../../src/domain/reports/read-k6.ts';
import { readLighthouse } from '../../src/domain/reports/read-lighthouse.ts';
import {
  areSlow,
  type BenchmarkLimits,
  findBenchmarkGap,
  judgeBenchmarks,
} from '../../src/domain/reports/weigh-benchmarks.ts';
import {
  defineCheck,
  type Policy,
  ReleaseError,
  type Runbook,
  readEvidence,
  type Scope,
  type Services,
} from '../../src/kit.ts';
import { needSettings } from '../need-settings.ts';

type Settings = NonNullable<NonNullable<Runbook['evidence']>['benchmarks']>;
type Doors = Pick<Services, 'reports' | 'git'>;

const limitsOf = ({ thresholds }: Pick<Policy, 'thresholds'>): BenchmarkLimits => ({
  api: thresholds.api.p95Ms,
  query: thresholds.queryP95Ms,
  page: thresholds.pageLoadMs,
  failedPercent: thresholds.errorPercent.later,
});

const gap = (why: string, { renew }: Settings): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `The benchmarks do not tell enough: ${why}.`,
    next: renew ?? 'Run the benchmarks on staging again, for longer.',
    state: 'untouched',
  });

const orderOf = (settings: Settings) => {
  const names = { api: settings.apiMetric, query: settings.queryMetric };
  return {
    k6: {
      files: settings.k6 ?? [],
      parse: (text: string) => readK6(text, names),
      renew: (path: string) =>
        settings.renew ?? `Run on staging, with the candidate on it: k6 run --summary-export=${path} load.js`,
    },
    lighthouse: {
      files: settings.lighthouse ?? [],
      parse: (text: string) => readLighthouse(text, settings.pageAudit),
      renew: (path: string) =>
        settings.renew ??
        `Run on staging, with the candidate on it: npx lighthouse <address> --output=json --output-path=${path}`,
    },
  };
};

async function readAll(doors: Doors, scope: Scope, settings: Settings): Promise<readonly BenchmarkReport[]> {
  const { k6, lighthouse } = orderOf(settings);
  const loads = await readEvidence(doors, scope, k6);
  const pages = await readEvidence(doors, scope, lighthouse);
  return [...loads, ...pages].map(({ report }) => report);
}

/** Measured before the release, on staging; real traffic is judged after it, by the watch (E-15). */
export default defineCheck({
  id: 'tests.performance',
  title: 'Benchmarks of the candidate keep within their limits',
  runbook: ['PRE-09', 'PRE-10', 'PRE-11', 'PRE-12', 'PRE-20', 'HOP-07'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['reports', 'git'],
  absent: ({ runbook, release }) => {
    if (runbook.evidence?.benchmarks === undefined) return 'evidence.benchmarks is not configured';
    return release ? undefined : 'no version was named';
  },
  probe: async (services, scope) => {
    const settings = needSettings(scope.runbook, 'benchmarks');
    const reports = await readAll(services, scope, settings);
    // What speaks against the release is not outweighed by what is missing.
    const missing = areSlow(reports, limitsOf(scope)) ? undefined : findBenchmarkGap(reports);
    if (missing !== undefined) throw gap(missing, settings);
    return reports;
  },
  judge: (reports, policy) => judgeBenchmarks(reports, limitsOf(policy)),
});
