import { findMissingParts } from '../../src/domain/reports/find-missing-parts.ts';
import { readE2e } from '../../src/domain/reports/read-e2e.ts';
import {
  type E2eSum,
  findE2eDoubt,
  findE2eGap,
  isE2eBad,
  sayE2e,
  sumE2e,
} from '../../src/domain/reports/weigh-e2e.ts';
import { defineCheck, ReleaseError, type Runbook, readEvidence } from '../../src/kit.ts';
import { needSettings } from '../need-settings.ts';

type Settings = NonNullable<NonNullable<Runbook['evidence']>['e2e']>;

const HOW = 'PLAYWRIGHT_JSON_OUTPUT_NAME=';

const renewOf =
  ({ renew }: Settings) =>
  (path: string): string =>
    renew ??
    (path.endsWith('.xml')
      ? `Run the end-to-end tests on the candidate again; they write ${path}.`
      : `Run on the candidate: ${HOW}${path} npx playwright test --reporter=json`);

const gap = (why: string, settings: Settings, sum: E2eSum): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `The end-to-end report does not tell enough: ${why}.`,
    next:
      sum.passed + sum.flaky > 0
        ? 'Tag the scenarios, or correct evidence.e2e.critical; then run them again.'
        : renewOf(settings)(settings.files[0] ?? ''),
    state: 'untouched',
  });

const listFew = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join('; ')}; and ${names.length - 5} more` : names.join('; ');

const lacksParts = (parts: string, settings: Settings): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `The end-to-end tests were split over machines, and these parts are missing: ${parts}.`,
    next: `Bring the reports of all parts (a * in evidence.e2e.files), or merge them. ${renewOf(settings)(settings.files[0] ?? '')}`,
    state: 'untouched',
  });

/** 95.0 % is enough, 94.9 % is not, and a failure on a critical path is too much at any rate (E-12). */
export default defineCheck({
  id: 'tests.e2e',
  title: 'End-to-end scenarios passed on the candidate',
  runbook: ['PRE-08', 'PRE-14', 'GO-01', 'NG-02', 'HOP-05'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['reports', 'git'],
  absent: ({ runbook, release }) => {
    if (runbook.evidence?.e2e === undefined) return 'evidence.e2e is not configured';
    return release ? undefined : 'no version was named';
  },
  probe: async (services, scope) => {
    const settings = needSettings(scope.runbook, 'e2e');
    const order = { files: settings.files, parse: readE2e, renew: renewOf(settings) };
    const reports = await readEvidence(services, scope, order);
    const sum = sumE2e(
      reports.flatMap(({ report }) => report.scenarios),
      settings.critical,
    );
    // What speaks against the release is not outweighed by what is missing.
    const isBad = isE2eBad(sum, scope.thresholds.e2ePassPercent);
    const parts = isBad ? undefined : findMissingParts(reports.map(({ report }) => report));
    if (parts !== undefined) throw lacksParts(parts, settings);
    const missing = isBad ? undefined : findE2eGap(sum);
    if (missing !== undefined) throw gap(missing, settings, sum);
    const sources = reports.map(({ path, at, commit }) => ({ path, at, commit: commit ?? null }));
    return { sum, sources };
  },
  judge: ({ sum, sources }, { thresholds }) => {
    const limit = thresholds.e2ePassPercent;
    const { passed, flaky, failed, skipped } = sum;
    const evidence = { passed, flaky, failed: failed.slice(0, 50), skipped, sources };
    const said = sayE2e(sum);
    const broken = sum.critical.filter((one) => one.failed.length > 0);
    if (broken.length > 0)
      return {
        outcome: 'fail',
        said: `critical paths failed: ${broken.map((one) => `${one.path} (${listFew(one.failed)})`).join(', ')}; ${said}`,
        remedy: 'Mend what failed, and test the new candidate; no pass rate makes up for a critical path.',
        evidence,
      };
    if (isE2eBad(sum, limit))
      return {
        outcome: 'fail',
        said: `${said}; ${limit} % must. Failed: ${listFew(failed)}`,
        remedy: 'Mend what failed, and test the new candidate.',
        evidence,
      };
    const doubt = findE2eDoubt(sum, limit);
    if (doubt !== undefined)
      return { outcome: 'warn', said: `${said}; ${doubt}`, remedy: 'Look at these scenarios.', evidence };
    return { outcome: 'pass', said, evidence };
  },
});
