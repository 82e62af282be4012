import { judgeWeaknesses } from '../../src/domain/reports/judge-weaknesses.ts';
import { type AuditReport, readNpmAudit } from '../../src/domain/reports/read-npm-audit.ts';
import { readDevPlaces, tellByLockfile, tellByReport } from '../../src/domain/reports/tell-dev-only.ts';
import type { Weakness } from '../../src/domain/reports/weakness.ts';
import { weighWeaknesses } from '../../src/domain/reports/weigh-weaknesses.ts';
import { defineCheck, type Runbook, readEvidence, type Scope, type Services } from '../../src/kit.ts';
import { needSettings } from '../need-settings.ts';

type Settings = NonNullable<NonNullable<Runbook['evidence']>['audit']>;
type Doors = Pick<Services, 'reports' | 'git'>;

const renewOf =
  ({ renew, production }: Settings, isProduction: boolean) =>
  (path: string): string =>
    renew ??
    `Run on the candidate: npm audit --json${isProduction && production ? ' --omit=dev' : ''} > ${path}`;

async function readAll(doors: Doors, scope: Scope, settings: Settings, file: string): Promise<AuditReport> {
  const isProduction = file === settings.production;
  const order = {
    files: [file],
    parse: readNpmAudit,
    renew: renewOf(settings, isProduction),
    maxAgeHours: settings.maxAgeHours,
  };
  const reports = await readEvidence(doors, scope, order);
  return { findings: reports.flatMap(({ report }) => report.findings) };
}

/** What npm found, each told whether production has it. */
async function readWeaknesses(doors: Doors, scope: Scope, settings: Settings): Promise<readonly Weakness[]> {
  const { findings } = await readAll(doors, scope, settings, settings.file);
  if (settings.production !== undefined) {
    const production = await readAll(doors, scope, settings, settings.production);
    return tellByReport(findings, production.findings);
  }
  const lockfile = await doors.git.readFile(scope.release?.commit ?? '', settings.lockfile);
  return tellByLockfile(findings, readDevPlaces(lockfile));
}

/** High, critical, or 7.0 and more in what production runs is no (E-13); in development alone it warns. */
export default defineCheck({
  id: 'security.audit',
  title: 'No severe vulnerability in what production runs',
  runbook: ['PRE-13', 'GO-04', 'NG-03', 'HOP-08'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['reports', 'git'],
  absent: ({ runbook, release }) => {
    if (runbook.evidence?.audit === undefined) return 'evidence.audit is not configured';
    return release ? undefined : 'no version was named';
  },
  probe: (services, scope) => readWeaknesses(services, scope, needSettings(scope.runbook, 'audit')),
  judge: (weaknesses, { runbook, thresholds, now }) =>
    judgeWeaknesses(weighWeaknesses(weaknesses, thresholds.cvss, runbook.evidence?.waivers ?? [], now)),
});
