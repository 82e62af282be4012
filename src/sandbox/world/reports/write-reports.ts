import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeLoadReport, makePageReport } from './benchmark-reports.ts';
import { makeE2eReport } from './e2e-report.ts';
import { makeAuditReport, makeCodeReport } from './scan-reports.ts';

/** What was looked at, and when. */
export interface Reported {
  /** With its `v`. */
  readonly version: string;
  readonly commit: string;
  readonly at: Date;
}

/** What the pipeline found; all is well where nothing is said. */
export interface ReportFate {
  readonly isPayingBroken?: boolean;
  readonly isAuditSevere?: boolean;
}

const PAGE_LOADS = [1_310, 1_480, 1_395];

const listReports = (about: Reported, fate: ReportFate): Readonly<Record<string, object>> => ({
  'e2e.json': makeE2eReport(about, fate.isPayingBroken === true),
  'npm-audit.json': makeAuditReport(fate.isAuditSevere === true),
  'code.sarif': makeCodeReport(about),
  'k6.json': makeLoadReport(),
  ...Object.fromEntries(PAGE_LOADS.map((ms, i) => [`page-${i + 1}.json`, makePageReport(about, ms)])),
});

/** Writes what the pipeline of a release found into `folder`/reports/<version>, as `evidence` of the runbook names it. */
export function writeReports(folder: string, about: Reported, fate: ReportFate = {}): void {
  const place = join(folder, 'reports', about.version);
  mkdirSync(place, { recursive: true });
  for (const [name, report] of Object.entries(listReports(about, fate))) {
    const file = join(place, name);
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
    utimesSync(file, about.at, about.at);
  }
}
