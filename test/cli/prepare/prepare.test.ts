import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';
import { releaseAndRestore } from './release-and-restore.ts';

let world: PrepareWorld;

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

/** The refusal a preparation ends with; anything else is told as it is. */
async function refusal(work: Promise<unknown>): Promise<{ code: string; said: string }> {
  try {
    return { code: 'none', said: JSON.stringify(await work) };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { code: error.code, said: `${error.text.what} ${error.text.next}` };
  }
}

/** Whether merging the branch into main gives what the branch holds. */
function mergesAsItIs(branch: string): boolean {
  const { git } = world;
  git('fetch', '--quiet', 'origin');
  const tree = git('merge-tree', '--write-tree', 'origin/main', `origin/${branch}`);
  return tree === git('rev-parse', `origin/${branch}^{tree}`);
}

describe('release prepare', () => {
  it('PRE-01 to PRE-06: pushes branch and candidate, with version and changelog, and nothing else', async () => {
    const develop = world.push('a.txt', 'a', 'feat(export): keys rotate');
    const before = world.refs();
    const ended = await world.prepare('v2.2.0');
    expect(ended).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
      result: { branch: 'release/v2.2.0', tag: 'v2.2.0-rc.1', base: develop },
    });
    const after = world.refs();
    const moved = Object.keys(after).filter((ref) => after[ref] !== before[ref]);
    expect(moved).toEqual(['refs/heads/release/v2.2.0', 'refs/tags/v2.2.0-rc.1']);
    expect(world.show('v2.2.0-rc.1', 'package.json')).toBe('{\n  "name": "shop",\n  "version": "2.2.0"\n}');
    expect(world.show('v2.2.0-rc.1', 'CHANGELOG.md')).toMatch(
      /## \[2\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Features\n\n- export: keys rotate \([0-9a-f]{7}\)\n\n## \[2\.0\.3\]/,
    );
    expect(world.git('cat-file', '-t', 'v2.2.0-rc.1')).toBe('tag');
    expect(world.git('rev-parse', 'v2.2.0-rc.1^{commit}^')).toBe(develop);
  });

  it('PRE-01: --plan shows it all and changes nothing', async () => {
    world.push('a.txt', 'a', 'fix: a');
    const before = world.git('ls-remote', 'origin');
    const { text, exitCode } = await world.prepare('v2.2.0', {}, { plan: true });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/develop @ \w{7}, 1 commit since v2\.0\.3: 1 fix/);
    expect(text).toMatch(/package\.json +2\.0\.3 → 2\.2\.0/);
    expect(text).toMatch(/T-7 .*\n(?: +\S.*\n)?.*T-6…T-5/);
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('PRE-06: a second call finds the candidate at the tip and does nothing', async () => {
    await world.prepare('v2.2.0');
    const before = world.git('ls-remote', 'origin');
    expect(await world.prepare('v2.2.0')).toMatchObject({
      exitCode: 0,
      result: { alreadyPrepared: true, tag: 'v2.2.0-rc.1' },
    });
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('PRE-06: a branch that moved gets the next candidate at its tip', async () => {
    await world.prepare('v2.2.0');
    world.git('fetch', '--quiet', 'origin');
    world.git('checkout', '--quiet', 'release/v2.2.0');
    const tip = world.push('fix.txt', 'x', 'fix: late');
    expect(await world.prepare('v2.2.0')).toMatchObject({
      exitCode: 0,
      result: { tag: 'v2.2.0-rc.2', sha: tip },
    });
    world.git('fetch', '--quiet', '--tags', 'origin');
    expect(world.git('rev-parse', 'v2.2.0-rc.2^{commit}')).toBe(tip);
  });

  it('PRE-26: on a frozen branch each commit of the next candidate needs a named exception', async () => {
    world.remove();
    world = makePrepareWorld('freeze: { businessDays: 30 }');
    await world.prepare('v2.2.0');
    world.git('fetch', '--quiet', 'origin');
    world.git('checkout', '--quiet', 'release/v2.2.0');
    const loose = world.push('fix.txt', 'x', 'fix: late');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_FROZEN',
      said: expect.stringContaining(loose.slice(0, 7)),
    });
    const trailer = 'Freeze-Exception: Ana Example: invoices are wrong';
    world.git('commit', '--quiet', '--amend', '-m', 'fix: late', '-m', trailer);
    world.git('push', '--quiet', '--force', 'origin', 'HEAD');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { tag: 'v2.2.0-rc.2' } });
  });

  it('PRE-06: the number of a candidate whose branch is gone is not used again', async () => {
    world.git('tag', 'v2.2.0-rc.1');
    world.git('tag', 'v2.2.0-rc.10');
    world.git('push', '--quiet', 'origin', 'v2.2.0-rc.1', 'v2.2.0-rc.10');
    expect(await world.prepare('v2.2.0')).toMatchObject({ result: { tag: 'v2.2.0-rc.11' } });
  });

  it.each([
    ['v2.0.3', 'E_TAG_TAKEN'],
    ['v2.0.2', 'E_NOT_NEWER'],
    ['v2.2.0-rc.1', 'E_VERSION_SHAPE'],
    ['2.2', 'E_VERSION_SHAPE'],
    [undefined, 'E_VERSION_MISSING'],
  ])('PRE-01: refuses %s with %s', async (version, code) => {
    expect((await refusal(world.prepare(version))).code).toBe(code);
  });

  it.each([{ resume: true }, { abandon: true, reason: 'x' }])(
    'PRE-01: --plan with %j does nothing',
    async (options) => {
      expect((await refusal(world.prepare(undefined, options, { plan: true, yes: true }))).code).toBe(
        'E_FLAG_REFUSED',
      );
    },
  );

  it.each([
    { resume: true, for: '2026-12-08' },
    { abandon: true, reason: 'x', hotfix: true },
  ])('PRE-01: %j is refused: nothing is passed over without a word', async (options) => {
    expect((await refusal(world.prepare(undefined, options))).code).toBe('E_FLAG_REFUSED');
  });

  it('PRE-01: refuses a branch that is not there, and a day that has passed', async () => {
    expect((await refusal(world.prepare('v2.2.0', { from: 'nowhere' }))).code).toBe('E_NO_BRANCH');
    expect((await refusal(world.prepare('v2.2.0', { for: '2020-01-07' }))).code).toBe('E_DAY');
    expect((await refusal(world.prepare('v2.2.0', { for: '2026-02-30' }))).code).toBe('E_FLAG_VALUE');
  });

  it('PRE-01: never touches the work tree of the person, however dirty', async () => {
    world.push('a.txt', 'a', 'feat: a');
    writeFileSync(join(world.work, 'package.json'), 'not even JSON');
    world.git('add', 'package.json');
    // What is untracked is the program's own cache.
    const statusOf = () => world.git('status', '--porcelain', '--branch', '--untracked-files=no');
    const before = statusOf();
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0 });
    expect(statusOf()).toBe(before);
  });

  it('PRE-01: a remote that takes one of the two and not the other takes neither', async () => {
    const hook = join(world.origin, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/tags/*) echo no tags today; exit 1;; esac\n');
    chmodSync(hook, 0o755);
    const before = world.refs();
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 3, verdict: 'failed' });
    expect(world.refs()).toEqual(before);
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({ code: 'E_RUN_OPEN' });
    expect(await world.prepare(undefined, { resume: true })).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
    });
    expect(Object.keys(world.refs())).toContain('refs/tags/v2.2.0-rc.1');
  });

  it('PRE-01: an interrupted preparation can be given up, and planned anew', async () => {
    const hook = join(world.origin, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/tags/*) exit 1;; esac\n');
    chmodSync(hook, 0o755);
    await world.prepare('v2.2.0');
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    expect((await refusal(world.prepare(undefined, { abandon: true }))).code).toBe('E_REASON_MISSING');
    expect(await world.prepare(undefined, { abandon: true, reason: 'hook' })).toMatchObject({ exitCode: 0 });
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { tag: 'v2.2.0-rc.1' } });
  });
});

describe('release prepare on difficult histories', () => {
  it('E-37: main was never merged back: its version and changelog come along, and the merge gives the candidate', async () => {
    const { git } = world;
    git('checkout', '--quiet', '-b', 'release/v2.1.0');
    world.push('package.json', '{\n  "name": "shop",\n  "version": "2.1.0"\n}\n', 'Prepare v2.1.0');
    git('checkout', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge release/v2.1.0', 'release/v2.1.0');
    git('tag', '-a', 'v2.1.0', '-m', 'Release v2.1.0');
    git('push', '--quiet', 'origin', 'main', 'v2.1.0');
    git('checkout', '--quiet', 'develop');
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
    world.git('checkout', '--quiet', 'develop');
    world.git('cherry-pick', '-x', hot);
    world.git('push', '--quiet', 'origin', 'develop');
    expect(await world.prepare('v2.1.1')).toMatchObject({ exitCode: 0 });
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
  });

  it("E-31: git's own revert of the release's merge is understood as well", async () => {
    const { git } = world;
    world.push('export.txt', 'export', 'feat: export');
    git('checkout', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge v2.1.0', 'develop');
    git('tag', 'v2.1.0');
    git('revert', '--no-edit', '-m', '1', 'HEAD');
    git('push', '--quiet', 'origin', 'main', 'v2.1.0');
    git('checkout', '--quiet', 'develop');
    world.push('fix.txt', 'fixed', 'fix: export');
    expect(await world.prepare('v2.1.1')).toMatchObject({ exitCode: 0 });
    expect(world.show('v2.1.1-rc.1', 'export.txt')).toBe('export');
    expect(mergesAsItIs('release/v2.1.1')).toBe(true);
  });

  it('E-31: a branch that was merged, reverted and merged again is refused while its first changes are missing', async () => {
    const { git } = world;
    git('checkout', '--quiet', '-b', 'feature');
    world.push('one.txt', '1', 'feat: one');
    git('checkout', '--quiet', 'develop');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
    git('revert', '--no-edit', '-m', '1', 'HEAD');
    const revert = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', 'feature');
    world.push('two.txt', '2', 'fix: one');
    git('checkout', '--quiet', 'develop');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge feature again', 'feature');
    git('push', '--quiet', 'origin', 'develop');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_REVERTED_MERGE',
      said: expect.stringContaining(`git revert ${revert.slice(0, 7)}`),
    });
    expect(await world.prepare('v2.2.0', { keepReverted: true }, { plan: true })).toMatchObject({
      exitCode: 0,
    });
    git('revert', '--no-edit', revert);
    git('push', '--quiet', 'origin', 'develop');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0 });
    expect(world.show('v2.2.0-rc.1', 'one.txt')).toBe('1');
  });

  it('PRE-05: what was released as a copy is not told again', async () => {
    const { git } = world;
    const fix = world.push('fix.txt', 'x', 'fix: hot');
    git('checkout', '--quiet', 'main');
    git('cherry-pick', fix);
    git('tag', '-a', 'v2.0.4', '-m', 'v2.0.4');
    git('push', '--quiet', 'origin', 'main', 'v2.0.4');
    git('checkout', '--quiet', 'develop');
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
