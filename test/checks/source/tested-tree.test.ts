import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/tested-tree.check.ts';
import type { Services } from '../../../src/kit.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';
import { CANDIDATE, doorsOf, release } from '../../support/reports/evidence-doors.ts';
import { makeMany, makePlaywright } from '../../support/reports/playwright.ts';

const TESTED = 'd'.repeat(40);
const FILE = 'reports/e2e.json';
const plain = makePolicy({ release });
const withE2e = makePolicy({ release, runbook: makeRunbook({ evidence: { e2e: { files: [FILE] } } }) });

/** A remote with these candidates, all of them on one commit. */
function services(
  versions: readonly string[],
  changed: readonly string[] | undefined,
  report?: unknown,
  before?: Readonly<Record<string, string>>,
): Services {
  const doors = doorsOf(report === undefined ? {} : { [FILE]: report }, {
    ...(changed === undefined ? {} : { changed }),
    ...(before === undefined ? {} : { before }),
  });
  const tag = async (version: string) => ({ version, commit: TESTED });
  return { ...doors, git: { ...doors.git, versions: async () => versions, tag } } as unknown as Services;
}
const judge = async (scope: typeof plain, ...given: Parameters<typeof services>) =>
  check.judge(await check.probe(services(...given), scope), scope);

describe('what was tested', () => {
  it('E-39: is the newest candidate, and nothing but version and changelog may differ', async () => {
    const tags = ['v2.2.0-rc.1', 'v2.1.0-rc.2', 'v2.1.0-rc.1', 'v2.0.3'];
    const same = await judge(plain, tags, ['package.json', 'CHANGELOG.md']);
    expect(same).toEqual({ outcome: 'pass', said: 'the same files as v2.1.0-rc.2' });
    const other = await judge(plain, tags, ['package.json', 'src/pay.ts']);
    expect(other).toMatchObject({ outcome: 'fail', said: expect.stringContaining('differs in src/pay.ts') });
  });

  it('E-39: a version file that brings another dependency is another program', async () => {
    const before = { 'package.json': '{"version":"2.1.0-rc.2","dependencies":{"pg":"8.13.1"}}' };
    const judged = await judge(plain, ['v2.1.0-rc.2'], ['package.json'], undefined, before);
    expect(judged).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('differs in package.json'),
    });
    const report = makePlaywright(makeMany(3, 0), { commit: TESTED });
    const stale = await failureOf(judge(withE2e, [], ['package.json'], report, before));
    expect(stale.code).toBe('E_REPORT_STALE');
  });

  it('E-39: two commits that cannot be compared are not the same', async () => {
    expect((await failureOf(judge(plain, ['v2.1.0-rc.2'], undefined))).code).toBe('E_GIT');
  });

  it('E-39: is what a report names', async () => {
    const report = makePlaywright(makeMany(3, 0), { commit: CANDIDATE });
    expect(await judge(withE2e, [], [], report)).toMatchObject({
      outcome: 'pass',
      said: `the same files as ${FILE}`,
    });
    const stale = makePlaywright(makeMany(3, 0), { commit: TESTED });
    expect((await failureOf(judge(withE2e, [], ['src/pay.ts'], stale))).code).toBe('E_REPORT_STALE');
  });

  it('E-39: a candidate that differs is no, whatever the reports say', async () => {
    expect((await judge(withE2e, ['v2.1.0-rc.1'], ['src/pay.ts'])).outcome).toBe('fail');
  });

  it('E-39: is not known when neither names it, and told where no evidence is configured', async () => {
    const report = makePlaywright(makeMany(3, 0));
    expect((await failureOf(judge(withE2e, [], [], report))).code).toBe('E_EVIDENCE_GAP');
    expect((await judge(plain, ['v2.0.3'], [])).outcome).toBe('warn');
  });
});
