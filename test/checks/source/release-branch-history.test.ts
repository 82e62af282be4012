import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import check from '../../../checks/source/release-branch.check.ts';
import type { Services } from '../../../src/kit.ts';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makePolicy } from '../../support/policy.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const at = '2026-11-24T15:00:00.000Z';
let place: TempOrigin;
let git: GitPort;

beforeEach(() => {
  place = makeTempOrigin();
  git = makeGit({
    shell: makeShell(),
    remote: place.origin,
    cacheFolder: join(place.folder, 'cache'),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
  place.git('tag', '-a', 'v2.0.3', '-m', 'Release v2.0.3');
  place.git('checkout', '--quiet', '-b', 'release/v2.1.0');
  place.commit('feature.txt', 'new');
  place.git('push', '--quiet', 'origin', 'release/v2.1.0', 'v2.0.3');
});
afterEach(() => place.remove());

/** What the check says about a version; `from` is live. */
async function judge(version: string, from: string) {
  await git.sync();
  const policy = makePolicy();
  const release = { version, branch: `release/${version}`, from, commit: '' };
  const scope = { ...policy, release } as Parameters<typeof check.probe>[1];
  return check.judge(await check.probe({ git } as Services, scope), policy);
}

async function releaseAndRollBack(): Promise<void> {
  await git.sync();
  const [main = '', branch = ''] = [await git.branchTip('main'), await git.branchTip('release/v2.1.0')];
  const order = { version: 'v2.1.0', main, branch, branchName: 'release/v2.1.0', at, trailers: {} } as const;
  const { commit } = await git.makeRelease(order);
  const restore = await git.makeRestore({ version: 'v2.0.3', main: commit, at, reason: 'error rate' });
  await git.push([{ ref: 'refs/heads/main', from: main, to: restore.commit }]);
  await git.sync();
  place.git('fetch', '--quiet', 'origin');
  place.git('checkout', '--quiet', '-b', 'release/v2.1.1');
}

const push = (): string => place.git('push', '--quiet', 'origin', 'HEAD');

it('E-39: passes a branch whose merge holds what was tested', async () => {
  expect(await judge('v2.1.0', 'v2.0.3')).toMatchObject({ outcome: 'pass' });
});

it('E-31: fails the next branch on a release that was rolled back, and names the restore commit', async () => {
  await releaseAndRollBack();
  place.commit('fix.txt', 'fix');
  push();
  const found = await judge('v2.1.1', 'v2.0.3');
  expect(found.outcome).toBe('fail');
  expect(found.said).toContain('main was restored to v2.0.3');
  expect(found).toMatchObject({ remedy: expect.stringContaining('git revert --no-edit ') });
});

it('E-31: fails the same commits once more, although they are in main', async () => {
  await releaseAndRollBack();
  push();
  expect(await judge('v2.1.1', 'v2.0.3')).toMatchObject({ outcome: 'fail' });
});

it('E-31: passes a branch that took main in and reverted the restore commit', async () => {
  await releaseAndRollBack();
  place.git('merge', '--quiet', '--no-edit', 'origin/main');
  place.git('revert', '--no-edit', 'origin/main');
  place.commit('fix.txt', 'fix');
  push();
  expect(await judge('v2.1.1', 'v2.0.3')).toMatchObject({ outcome: 'pass' });
});

it('E-39: fails a branch that lacks a hotfix of main, and counts the commits', async () => {
  place.git('checkout', '--quiet', 'main');
  place.commit('hotfix.txt', 'hot');
  push();
  const found = await judge('v2.1.0', 'v2.0.3');
  expect(found).toMatchObject({ outcome: 'fail', remedy: expect.stringContaining('Merge main into') });
  expect(found.said).toContain('main has 1 commit that it lacks');
});
