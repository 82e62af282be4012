import { judgeWeaknesses } from '../../src/domain/reports/judge-weaknesses.ts';
import { readScan } from '../../src/domain/reports/read-scan.ts';
import { weighWeaknesses } from '../../src/domain/reports/weigh-weaknesses.ts';
import { defineCheck, readEvidence } from '../../src/kit.ts';
import { needSettings } from '../need-settings.ts';

/** The rule of `security.audit` for every other scanner: SARIF and Snyk. */
export default defineCheck({
  id: 'security.scanners',
  title: 'No severe finding of a security scanner',
  runbook: ['PRE-13', 'GO-04', 'NG-03', 'HOP-08'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['reports', 'git'],
  absent: ({ runbook, release }) => {
    if (runbook.evidence?.scans === undefined) return 'evidence.scans is not configured';
    return release ? undefined : 'no version was named';
  },
  probe: async (services, scope) => {
    const { files, maxAgeHours, renew } = needSettings(scope.runbook, 'scans');
    const command = (path: string): string =>
      renew ?? `Scan the candidate again, like: snyk test --json-file-output=${path}`;
    const reports = await readEvidence(services, scope, {
      files,
      parse: readScan,
      renew: command,
      maxAgeHours,
    });
    return reports.flatMap(({ report }) => report.weaknesses);
  },
  judge: (weaknesses, { runbook, thresholds, now }) =>
    judgeWeaknesses(weighWeaknesses(weaknesses, thresholds.cvss, runbook.evidence?.waivers ?? [], now)),
});
