import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';
import { refusal } from './refusal.ts';
import { releaseAndRestore } from './release-and-restore.ts';

let world: PrepareWorld;

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

/** Whether merging the branch into main gives what the branch holds. */
function mergesAsItIs(branch: string): boolean {
  const [tree, own] = world
    .script(
      `git fetch --quiet origin
      git merge-tree --write-tree origin/main "origin/$1"
      git rev-parse "origin/$1^{tree}"`,
      branch,
    )
    .split('\n');
  return tree === own;
}

describe('release prepare on difficult histories', () => {
  it('E-37: main was never merged back: its version and changelog come along, and the merge gives the candidate', async () => {
    world.script(`git checkout --quiet -b release/v2.1.0
      printf '{\\n  "name": "shop",\\n  "version": "2.1.0"\\n}\\n' > package.json
      git commit --quiet -m 'Prepare v2.1.0' package.json
      git checkout --quiet main
      git merge --quiet --no-ff -m 'Merge release/v2.1.0' release/v2.1.0
      git tag -a v2.1.0 -m 'Release v2.1.0'
      git push --quiet origin release/v2.1.0 main v2.1.0
      git checkout --quiet develop`);
    world.push('a.txt', 'a', 'feat: a');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0 });
    expect(mergesAsItIs('release/v2.2.0')).toBe(true);
    expect(world.show('v2.2.0-rc.1', 'package.json')).toContain('"2.2.0"');
    expect(world.show('v2.2.0-rc.1', 'CHANGELOG.md')).toContain('- a (');
  });

  it('E-31: after a rollback, the next version holds what was taken back, and merging it really brings it', async () => {
    const { restore } = releaseAndRestore(world);
    world.push('fix.txt', 'fixed', 'fix: export');
    const { result } = await world.prepare('v2.1.1');
    expect(result).toMatchObject({
      since: 'v2.0.3',
      notFollowed: [restore],
      commits: { features: 1, fixes: 1 },
    });
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
    expect(world.show('v2.1.1-rc.1', 'package.json')).toContain('"2.1.1"');
  });

  it('E-31: the same when the rollback was merged back into develop, which took the changes out there', async () => {
    const { restore } = releaseAndRestore(world);
    world.git('merge', '--quiet', '-m', 'Merge main', 'main');
    world.push('fix.txt', 'fixed', 'fix: export');
    expect(() => world.git('show', 'HEAD:export.txt')).toThrow();
    const { result } = await world.prepare('v2.1.1');
    expect(result).toMatchObject({ broughtBack: [restore], commits: { features: 1, fixes: 1 } });
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
  });

  it('E-31: what somebody brought back by hand is not brought twice', async () => {
    const { restore } = releaseAndRestore(world);
    world.git('merge', '--quiet', '-m', 'Merge main', 'main');
    world.git('revert', '--no-edit', restore);
    world.push('fix.txt', 'fixed', 'fix: export');
    expect(await world.prepare('v2.1.1')).toMatchObject({ exitCode: 0, result: { broughtBack: [] } });
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
  });

  it('PIR-16, PIR-19, E-31: a fix of the version that was restored leaves out what was taken back, and says what it mends', async () => {
    releaseAndRestore(world);
    world.git('checkout', '--quiet', 'main');
    world.push('hot.txt', 'hot', 'fix: hot');
    const { result } = await world.prepare('v2.0.4', { from: 'main' });
    expect(result).toMatchObject({ broughtBack: [], commits: { features: 0, fixes: 1, takenBack: 2 } });
    expect(() => world.show('v2.0.4-rc.1', 'export.txt')).toThrow();
    expect(world.show('v2.0.4-rc.1', 'CHANGELOG.md')).toMatch(/## \[2\.0\.4\][^#]*### Fix[^#]*hot/i);
    expect(mergesAsItIs('release/v2.0.4')).toBe(true);
  });

  it('E-31: work on top of a restore is refused with the way on', async () => {
    releaseAndRestore(world);
    world.git('checkout', '--quiet', 'main');
    const hot = world.push('hot.txt', 'hot', 'fix: hot');
    expect(await refusal(world.prepare('v2.1.1'))).toMatchObject({
      code: 'E_RESTORED',
      said: expect.stringContaining(hot.slice(0, 7)),
    });
    world.script(
      'git checkout --quiet develop; git cherry-pick -x "$1"; git push --quiet origin develop',
      hot,
    );
    expect(await world.prepare('v2.1.1')).toMatchObject({ exitCode: 0 });
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
  });

  it("E-31: git's own revert of the release's merge is understood as well", async () => {
    world.commit('export.txt', 'export', 'feat: export');
    world.script(`git checkout --quiet main
      git merge --quiet --no-ff -m 'Merge v2.1.0' develop
      git tag v2.1.0
      git revert --no-edit -m 1 HEAD
      git push --quiet origin develop main v2.1.0
      git checkout --quiet develop`);
    world.push('fix.txt', 'fixed', 'fix: export');
    expect(await world.prepare('v2.1.1')).toMatchObject({ exitCode: 0 });
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
  });

  it('E-31: a branch that was merged, reverted and merged again is refused while its first changes are missing', async () => {
    world.script(`git checkout --quiet -b feature
      printf 1 > one.txt
      git add one.txt
      git commit --quiet -m 'feat: one'
      git checkout --quiet develop
      git merge --quiet --no-ff -m 'Merge feature' feature
      git revert --no-edit -m 1 HEAD
      git checkout --quiet feature
      printf 2 > two.txt
      git add two.txt
      git commit --quiet -m 'fix: one'
      git checkout --quiet develop
      git merge --quiet --no-ff -m 'Merge feature again' feature
      git push --quiet origin feature develop`);
    const revert = world.git('rev-parse', 'HEAD^1');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_REVERTED_MERGE',
      said: expect.stringContaining(`git revert ${revert.slice(0, 7)}`),
    });
    expect(await world.prepare('v2.2.0', { keepReverted: true }, { plan: true })).toMatchObject({
      exitCode: 0,
    });
    world.script('git revert --no-edit "$1"; git push --quiet origin develop', revert);
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0 });
    expect(world.show('v2.2.0-rc.1', 'one.txt')).toBe('1');
  });

  it('PRE-05: what was released as a copy is not told again', async () => {
    world.commit('fix.txt', 'x', 'fix: hot');
    world.script(`git checkout --quiet main
      git cherry-pick develop
      git tag -a v2.0.4 -m v2.0.4
      git push --quiet origin main v2.0.4
      git checkout --quiet develop`);
    world.push('a.txt', 'a', 'feat: a');
    expect(await world.prepare('v2.2.0')).toMatchObject({ result: { commits: { features: 1, fixes: 0 } } });
  });

  it('PRE-05: a first release without any tag takes the whole history', async () => {
    world.git('push', '--quiet', 'origin', ':refs/tags/v2.0.3');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { since: null } });
    expect(world.show('v2.2.0-rc.1', 'CHANGELOG.md')).toContain('add CHANGELOG.md');
  });

  it('PRE-04: a configured place that would not say the version stops it, and nothing is pushed', async () => {
    world.remove();
    world = makePrepareWorld('versionFiles: [package.json, { path: .env, match: "V={version}" }]');
    world.push('.env', 'V=2.0.3\nRELEASE=shop@2.0.3\n', 'env');
    const before = world.refs();
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_VERSION_FILES',
      said: expect.stringContaining('.env still says 2.0.3 in line 2'),
    });
    expect(world.refs()).toEqual(before);
  });

  it('PRE-01: a remote that has only a part of its history is said to be one', async () => {
    world.push('a.txt', 'a', 'feat: a');
    world.git(
      'clone',
      '--quiet',
      '--bare',
      '--depth',
      '1',
      '--no-single-branch',
      `file://${world.origin}`,
      join(world.folder, 'shallow.git'),
    );
    world.git('remote', 'set-url', 'origin', join(world.folder, 'shallow.git'));
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_GIT',
      said: expect.stringMatching(/shallow/i),
    });
  });

  it('PRE-01: a checkout that has only a part of the history does not matter', async () => {
    const feature = world.push('a.txt', 'a', 'feat: a');
    const thin = join(world.folder, 'thin');
    world.git('clone', '--quiet', '--depth', '1', '--branch', 'develop', `file://${world.origin}`, thin);
    copyFileSync(join(world.work, 'runbook.config.yaml'), join(thin, 'runbook.config.yaml'));
    expect(await world.prepare('v2.2.0', {}, { yes: true }, thin)).toMatchObject({
      exitCode: 0,
      result: { base: feature, commits: { features: 1 } },
    });
  });
});
