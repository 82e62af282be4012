import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import audit from '../../../checks/security/audit.check.ts';
import scanners from '../../../checks/security/scanners.check.ts';
import e2e from '../../../checks/tests/e2e.check.ts';
import performance from '../../../checks/tests/performance.check.ts';
import type { Check, Services } from '../../../src/kit.ts';
import { type ReportFate, writeReports } from '../../../src/sandbox/world/reports/write-reports.ts';
import { makeReports } from '../../../src/services/reports/real.ts';
import { OWN } from '../../support/own-runbook.ts';
import { makePolicy } from '../../support/policy.ts';
import { CANDIDATE, doorsOf, release } from '../../support/reports/evidence-doors.ts';

const CHECKS = [e2e, performance, audit, scanners] as unknown as readonly Check[];
const AT = new Date('2026-11-24T12:00:00.000Z');
const { runbook } = OWN;
const scope = makePolicy({ release, runbook });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-world-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the checks say of the reports that a pipeline with this outcome writes. */
async function judge(fate: ReportFate): Promise<readonly string[]> {
  writeReports(folder, { version: 'v2.1.0', commit: CANDIDATE, at: AT }, fate);
  const services = { ...doorsOf({}), reports: makeReports(folder) } as unknown as Services;
  return Promise.all(
    CHECKS.map(async (check) => check.judge(await check.probe(services, scope), scope).outcome),
  );
}

describe('the reports of the sandbox', () => {
  it('are those that the runbook of RuR2 asks for, and speak for the candidate', async () => {
    expect(await judge({})).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('speak against it where a trouble says so, and for it again afterwards', async () => {
    expect(await judge({ isPayingBroken: true })).toEqual(['fail', 'pass', 'pass', 'pass']);
    expect(await judge({ isAuditSevere: true })).toEqual(['pass', 'pass', 'fail', 'pass']);
    expect(await judge({})).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('name no real advisory', () => {
    writeReports(folder, { version: 'v2.1.0', commit: CANDIDATE, at: AT }, { isAuditSevere: true });
    const text = readFileSync(join(folder, 'reports/v2.1.0/npm-audit.json'), 'utf8');
    expect([...text.matchAll(/GHSA-[\w-]+/g)].map(([id]) => id)).toEqual([
      'GHSA-2222-3333-4444',
      'GHSA-5555-6666-7777',
    ]);
  });
});
