import { describe, expect, it } from 'vitest';
import check from '../../../checks/security/audit.check.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';
import { doorsOf, release } from '../../support/reports/evidence-doors.ts';
import { makeNpmAudit } from '../../support/reports/npm-audit.ts';

const FILE = 'reports/audit.json';
const scopeWith = (audit: object = {}, evidence: object = {}) =>
  makePolicy({
    release,
    runbook: makeRunbook({ evidence: { audit: { file: FILE, ...audit }, ...evidence } }),
  });
const lock = (packages: object) => ({ 'package-lock.json': JSON.stringify({ packages }) });
const high = makeNpmAudit([{ name: 'qs', severity: 'high', score: 7.5 }]);

async function judge(files: Record<string, unknown>, doors = {}, asked = scopeWith()) {
  return check.judge(await check.probe(doorsOf(files, doors), asked), asked);
}

describe('npm audit', () => {
  it('PRE-13, GO-04: nothing severe is go, and something severe in production is not', async () => {
    expect((await judge({ [FILE]: makeNpmAudit([]) })).outcome).toBe('pass');
    expect((await judge({ [FILE]: makeNpmAudit([{ name: 'qs', severity: 'moderate' }]) })).outcome).toBe(
      'pass',
    );
    expect((await judge({ [FILE]: high })).outcome).toBe('fail');
  });

  it('E-13: the lockfile of the candidate tells what only development has', async () => {
    const dev = lock({ 'node_modules/qs': { dev: true } });
    expect((await judge({ [FILE]: high }, { tree: dev })).outcome).toBe('warn');
    expect((await judge({ [FILE]: high }, { tree: lock({ 'node_modules/qs': {} }) })).outcome).toBe('fail');
  });

  it('E-13: a second report without development tells it as well, and must be as good', async () => {
    const asked = scopeWith({ production: 'reports/production.json' });
    const clean = { [FILE]: high, 'reports/production.json': makeNpmAudit([]) };
    expect((await judge(clean, {}, asked)).outcome).toBe('warn');
    const error = await failureOf(judge({ [FILE]: high }, {}, asked));
    expect(error.code).toBe('E_REPORT_MISSING');
    expect(error.text.next).toContain('npm audit --json --omit=dev > reports/production.json');
  });

  it('E-13: a waiver in the configuration accepts one advisory until its day', async () => {
    const waive = (until: string) => ({
      waivers: [{ id: 'GHSA-2222-3333-4444', reason: 'never parsed', by: 'Dana Ito', until }],
    });
    expect((await judge({ [FILE]: high }, {}, scopeWith({}, waive('2026-11-24')))).outcome).toBe('warn');
    expect((await judge({ [FILE]: high }, {}, scopeWith({}, waive('2026-11-23')))).outcome).toBe('fail');
  });

  it('PRE-13: a report older than the candidate, or than a week, is not known', async () => {
    const early = { at: '2026-11-24T09:59:59.000Z' };
    expect((await failureOf(judge({ [FILE]: high }, early))).code).toBe('E_REPORT_STALE');
    const later = { ...scopeWith(), now: new Date('2026-12-01T10:30:00.001Z') };
    const old = await failureOf(judge({ [FILE]: high }, {}, later));
    expect(old.text.next).toBe(`Run on the candidate: npm audit --json > ${FILE}`);
  });

  it('PRE-13: a report in which npm refused is not known', async () => {
    const refused = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } };
    expect((await failureOf(judge({ [FILE]: refused }))).code).toBe('E_REPORT_SHAPE');
  });
});
