import { expect, it } from 'vitest';
import check from '../../../checks/security/scanners.check.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';
import { CANDIDATE, doorsOf, release } from '../../support/reports/evidence-doors.ts';

const files = ['reports/code.sarif', 'reports/snyk.json'];
const scope = makePolicy({ release, runbook: makeRunbook({ evidence: { scans: { files } } }) });
const sarif = (results: readonly object[], revisionId = CANDIDATE) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Semgrep' } }, results, versionControlProvenance: [{ revisionId }] }],
});
const snyk = (vulnerabilities: readonly object[]) => ({ ok: true, dependencyCount: 9, vulnerabilities });
const vulnerability = { id: 'SNYK-1', severity: 'low', cvssScore: 7, packageName: 'qs' };

const judge = async (code: unknown, packages: unknown) => {
  const services = doorsOf({ 'reports/code.sarif': code, 'reports/snyk.json': packages });
  return check.judge(await check.probe(services, scope), scope);
};

it.each([
  [[], [], 'pass'],
  [[{ ruleId: 'a', level: 'warning' }], [], 'pass'],
  [[{ ruleId: 'a', level: 'error' }], [], 'fail'],
  [[], [vulnerability], 'fail'],
  [[], [{ ...vulnerability, cvssScore: 6.9 }], 'pass'],
])('PRE-13, GO-04: results %j and vulnerabilities %j are %s', async (results, vulnerabilities, outcome) => {
  expect((await judge(sarif(results), snyk(vulnerabilities))).outcome).toBe(outcome);
});

it('PRE-13: one report that is missing or of another commit makes the answer unknown', async () => {
  expect((await failureOf(judge(sarif([]), undefined))).text.next).toContain('snyk test');
  expect((await failureOf(judge(sarif([], 'd'.repeat(40)), snyk([])))).code).toBe('E_REPORT_STALE');
});
