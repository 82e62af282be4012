import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

let place: TempOrigin;
let main: string;
const openGit = (): GitPort =>
  makeGit({
    shell: makeShell(),
    remote: 'origin',
    cacheFolder: join(place.folder, 'cache'),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
const takeAway = () => place.git('remote', 'set-url', 'origin', join(place.folder, 'nowhere.git'));

beforeEach(() => {
  place = makeTempOrigin();
  main = place.git('rev-parse', 'main');
  place.git('tag', '-a', 'v2.0.3', '-m', 'Release v2.0.3');
  place.git('push', '--quiet', 'origin', 'v2.0.3');
});
afterEach(() => place.remove());

it('F76: names are those of the last look, when that was, and their files can be read', async () => {
  await openGit().sync();
  takeAway();
  const git = openGit();
  await expect(git.sync()).rejects.toMatchObject({ code: 'E_GIT' });
  const seen = await git.lastSeen();
  expect(Math.abs(Date.now() - Date.parse(seen?.at ?? ''))).toBeLessThan(600_000);
  expect(await seen?.names.branchTip('main')).toBe(main);
  expect(await seen?.names.versions()).toEqual(['v2.0.3']);
  const tag = await seen?.names.tag('v2.0.3');
  expect(tag?.commit).toBe(main);
  expect(await git.readFile(main, 'package.json')).toContain('2.0.3');
  expect(await git.sameTree(main, main)).toBe(true);
});

it('are not known on a machine that never looked', async () => {
  takeAway();
  const git = openGit();
  await expect(git.sync()).rejects.toMatchObject({ code: 'E_GIT' });
  expect(await git.lastSeen()).toBeUndefined();
});

it('F76: hold what this machine pushed itself, without another look', async () => {
  const git = openGit();
  await git.sync();
  const { commit } = await git.makeRestore({
    version: 'v2.0.3',
    main,
    at: '2026-11-24T15:00:00.000Z',
    reason: 'errors',
    covers: ['3f2a1bc "Fix the login" by Robin Example'],
  });
  await git.push([{ ref: 'refs/heads/main', from: main, to: commit }]);
  expect(await (await git.lastSeen())?.names.branchTip('main')).toBe(commit);
  const message = place.git('--git-dir', place.origin, 'log', '-1', '--format=%B', commit);
  expect(message).toContain(
    'It also takes away what no release had yet:\n- 3f2a1bc "Fix the login" by Robin Example',
  );
  expect(message.trim()).toMatch(/Restored-Version: v2\.0\.3$/);
});
