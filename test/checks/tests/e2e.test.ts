import { describe, expect, it } from 'vitest';
import check from '../../../checks/tests/e2e.check.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';
import { CANDIDATE, doorsOf, release } from '../../support/reports/evidence-doors.ts';
import { makeMany, makePlaywright } from '../../support/reports/playwright.ts';

const FILE = 'reports/e2e.json';
const scopeWith = (e2e: Record<string, unknown> = {}) =>
  makePolicy({ release, runbook: makeRunbook({ evidence: { e2e: { files: [FILE], ...e2e } } }) });
const scope = scopeWith();
type Doors = Parameters<typeof doorsOf>[1];

async function judge(report: unknown, doors?: Doors, asked = scope) {
  return check.judge(await check.probe(doorsOf({ [FILE]: report }, doors), asked), asked);
}
const errorOf = (report: unknown, doors?: Doors, asked = scope) =>
  failureOf(check.probe(doorsOf(report === undefined ? {} : { [FILE]: report }, doors), asked));

describe('end-to-end tests', () => {
  it.each([
    [95, 5, 'pass'],
    [94, 6, 'fail'],
    [19, 1, 'pass'],
    [100, 0, 'pass'],
    [3, 1, 'fail'],
  ])('PRE-14, GO-01, NG-02, HOP-05, E-12: %i passed and %i failed is %s', async (passed, failed, outcome) => {
    const judged = await judge(makePlaywright(makeMany(passed, failed), { commit: CANDIDATE }));
    expect(judged.outcome).toBe(outcome);
    expect(judged.said).toContain(`${passed} of ${passed + failed} passed`);
  });

  it('PRE-14, HOP-05, E-12: a failure on a critical path is no at any rate, and is named', async () => {
    const broken = { title: 'pays by card', tries: ['failed'] as const, tags: ['pay'] };
    const judged = await judge(makePlaywright([...makeMany(999, 0), broken]));
    expect(judged).toMatchObject({ outcome: 'fail', said: expect.stringContaining('pays by card') });
    const without = [...makeMany(2, 0), broken];
    expect((await judge(makePlaywright(without))).outcome).toBe('fail');
  });

  it('PRE-14: a critical path that nothing has run, and no scenario at all, are not known', async () => {
    const two = await errorOf(makePlaywright(makeMany(2, 0)));
    expect(two).toMatchObject({
      code: 'E_EVIDENCE_GAP',
      text: { what: expect.stringContaining('pay (@pay)') },
    });
    const none = await errorOf(makePlaywright([]));
    expect(none.text.what).toContain('no scenario ran');
    expect(none.text.next).toContain(`PLAYWRIGHT_JSON_OUTPUT_NAME=${FILE} npx playwright test`);
  });

  it('PRE-08: one part of a run that was split over machines is not the whole', async () => {
    const whole = makePlaywright(makeMany(9, 0), { commit: CANDIDATE });
    const part = (current: number) => ({
      ...whole,
      config: { ...whole.config, shard: { current, total: 3 } },
    });
    expect((await errorOf(part(2))).text.what).toContain('parts are missing: 1, 3 of 3');
    const files = ['a.json', 'b.json', 'c.json'];
    const asked = scopeWith({ files });
    const doors = doorsOf(Object.fromEntries(files.map((file, i) => [file, part(i + 1)])));
    expect((await check.probe(doors, asked)).sum.passed).toBe(27);
    expect((await judge({ ...whole, config: { ...whole.config, shard: null } })).outcome).toBe('pass');
  });

  it('PRE-14: what passed after a retry is told apart', async () => {
    const flaky = { title: 'lists', tries: ['failed', 'passed'] as const };
    const judged = await judge(makePlaywright([...makeMany(99, 0), flaky]));
    expect(judged).toMatchObject({
      outcome: 'pass',
      said: expect.stringContaining('1 of them after a retry'),
    });
  });

  it('PRE-08: a report that is missing, broken or cut is not known, and the way to renew it is named', async () => {
    expect((await errorOf(undefined)).code).toBe('E_REPORT_MISSING');
    expect((await errorOf('{"suites":')).code).toBe('E_REPORT_SHAPE');
    const asked = scopeWith({ renew: 'npm run e2e' });
    expect((await errorOf(undefined, {}, asked)).text.next).toBe('npm run e2e');
  });

  it('PRE-08, HOP-05: a report of another commit, or older than the candidate, is not known', async () => {
    const other = makePlaywright(makeMany(9, 0), { commit: 'd'.repeat(40) });
    expect((await errorOf(other)).code).toBe('E_REPORT_STALE');
    expect((await errorOf(other, { changed: ['src/app.ts'] })).text.what).toContain('it is about ddddddd');
    const old = makePlaywright(makeMany(9, 0), { startTime: '2026-11-24T09:59:59.999Z' });
    expect((await errorOf(old)).text.what).toContain('older than the candidate');
    expect((await judge({ ...old, stats: undefined })).outcome).toBe('pass');
  });

  it('E-39: a report of a commit with the same files but version and changelog counts', async () => {
    const other = makePlaywright(makeMany(9, 0), { commit: 'd'.repeat(40) });
    const changed = ['package.json', 'CHANGELOG.md'];
    expect((await judge(other, { changed })).outcome).toBe('pass');
  });

  it('PRE-08: a path with the commit in it binds the report to it', async () => {
    const asked = scopeWith({ files: ['reports/{version}/{commit}.json'] });
    const old = makePlaywright(makeMany(9, 0), { startTime: '2020-01-01T00:00:00.000Z' });
    const services = doorsOf({ [`reports/v2.1.0/${CANDIDATE}.json`]: old });
    expect(check.judge(await check.probe(services, asked), asked).outcome).toBe('pass');
  });

  it('PRE-08: without a known candidate nothing is proven', async () => {
    const asked = { ...scope, release: { version: 'v2.1.0', branch: 'release/v2.1.0' } };
    expect((await errorOf(makePlaywright(makeMany(9, 0)), {}, asked)).code).toBe('E_CANDIDATE_UNKNOWN');
  });

  it('is absent, and says so, when it is not configured', () => {
    expect(check.absent?.(makePolicy({ release }))).toBe('evidence.e2e is not configured');
    expect(check.absent?.(scope)).toBeUndefined();
  });

  it('T17: what stands in a report cannot move the cursor', async () => {
    const bad = { title: '\u001b[2J pays \u202e', tries: ['failed'] as const, tags: ['pay'] };
    const { said } = await judge(makePlaywright([...makeMany(3, 0), bad]));
    expect(said).not.toMatch(/[\u001b\u202e]/);
  });
});
