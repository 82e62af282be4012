import * as z from 'zod';
import { positive, repoPath, slug, text } from './fields.ts';

const reportPath = repoPath.describe(
  'Path beside the configuration; {version} and {commit} are those of the release, and * in the last part stands for any letters',
);
const reportPaths = z.array(reportPath).min(1);
const renew = text.optional().describe('Command that makes the report anew; named when it is missing or old');
const maxAgeHours = positive
  .default(168)
  .describe('An older report counts for nothing: advisories appear every day');

const e2eSchema = z.strictObject({
  files: reportPaths.describe('Reports of Playwright (JSON) or JUnit (XML); all of them count together'),
  critical: z
    .record(slug, text)
    .default({ login: '@login', create: '@create', pay: '@pay' })
    .describe('E-12: scenarios that must all pass. @tag, or a part of the name; * stands for any letters'),
  renew,
});

const auditSchema = z.strictObject({
  file: reportPath.describe('What `npm audit --json` printed'),
  production: reportPath
    .optional()
    .describe('The same with --omit=dev; without it the lockfile tells what production has'),
  lockfile: repoPath
    .default('package-lock.json')
    .describe('Lockfile of the candidate; what it marks as dev only warns'),
  maxAgeHours,
  renew,
});

const scansSchema = z.strictObject({
  files: reportPaths.describe('Reports of scanners: SARIF 2.1.0, or `snyk test --json`'),
  maxAgeHours,
  renew,
});

const benchmarksSchema = z.strictObject({
  k6: reportPaths.optional().describe('Summaries of k6: --summary-export, or handleSummary as JSON'),
  lighthouse: reportPaths.optional().describe('Reports of Lighthouse as JSON, one for each page load'),
  apiMetric: text.default('http_req_duration').describe('PRE-10: trend of k6 that times the requests'),
  queryMetric: text
    .optional()
    .describe('PRE-12: trend of k6 that times database queries, in milliseconds; without it none are judged'),
  pageAudit: text
    .default('largest-contentful-paint')
    .describe('PRE-11: audit of Lighthouse whose milliseconds are the page load'),
  renew,
});

const issuesSchema = z.strictObject({
  labels: z.array(text).min(1).default(['P0', 'P1']).describe('An open issue with one of them blocks'),
  milestone: text
    .optional()
    .describe('Issues of another milestone do not count; {version} is the version with its v'),
});

const ciSchema = z.strictObject({
  required: z
    .array(text)
    .default([])
    .describe('Checks that must have succeeded; without any, all that ran must'),
  ignore: z.array(text).default([]).describe('Checks that do not count, like the job that asks'),
});

const advisoryWaiverSchema = z.strictObject({
  id: text.describe('GHSA-…, CVE-…, SNYK-…, or the rule of the scanner'),
  reason: text.describe('Why it may go out'),
  by: text.describe('Who answers for it'),
  until: z.iso.date().describe('Last day on which it counts (UTC)'),
});

/** What was found out elsewhere: reports of tests and scanners, the tracker, the pipeline. */
export const evidenceSchema = z.strictObject({
  e2e: e2eSchema.optional().describe('PRE-08, PRE-14: end-to-end tests'),
  audit: auditSchema.optional().describe('PRE-13: known vulnerabilities of npm packages'),
  scans: scansSchema.optional().describe('PRE-13: other scanners'),
  benchmarks: benchmarksSchema.optional().describe('PRE-09 to PRE-12, PRE-20: measured before the release'),
  issues: issuesSchema.optional().describe('GO-02, NG-01: open bugs at GitHub'),
  ci: ciSchema.optional().describe('Checks and statuses of the commit at GitHub'),
  waivers: z
    .array(advisoryWaiverSchema)
    .default([])
    .describe('E-13: findings of audit and scans that are accepted for a while'),
});
