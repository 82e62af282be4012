import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';
import { releaseAndRestore } from './release-and-restore.ts';

const MANIFEST = (version: string): string => `{\n  "name": "shop",\n  "version": "${version}"\n}\n`;
const DEVELOP = 'refs/heads/develop';

let world: PrepareWorld;

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

const mergeBack = (options: CommandOptions = {}, version?: string) =>
  world.prepare(version, { backMerge: true, ...options });

/** What the remote asks of each ref that is pushed. */
function setHook(line: string): void {
  const hook = join(world.origin, 'hooks', 'update');
  writeFileSync(hook, `#!/bin/sh\n${line}\n`);
  chmodSync(hook, 0o755);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    return `none: ${JSON.stringify(await work)}`;
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return `${error.code}: ${error.text.what} ${error.text.next}`;
  }
}

const GO_LIVE = `git fetch --quiet origin
git checkout --quiet -B main origin/main
git merge --quiet --no-ff -m "Merge release/v$1" "origin/release/v$1"
git tag -a "v$1" -m "Release v$1"
git push --quiet origin main "v$1"
git checkout --quiet develop`;

const goLive = (version: string): string => world.script(GO_LIVE, version);

/** A version on main with its tag, which develop has the work of, and not the version. */
function release(version: string): void {
  const lines = `git checkout --quiet -b "release/v$1" develop
    printf %s "$2" > package.json
    git commit --quiet -m "Prepare v$1" package.json
    git push --quiet origin "release/v$1"`;
  world.script(`${lines}\n${GO_LIVE}`, version, MANIFEST(version));
}

describe('release prepare --back-merge', () => {
  it('E-37: brings version and hotfixes of main to develop, in one push that moves nothing else', async () => {
    release('2.1.0');
    world.push('b.txt', 'b', 'feat: next');
    const before = world.refs();
    const ended = await mergeBack();
    const { [DEVELOP]: develop, ...others } = world.refs();
    expect(ended).toMatchObject({ exitCode: 0, verdict: 'completed', version: 'v2.1.0', next: [] });
    expect(ended.text).toContain('v2.1.0 was merged back');
    expect({ [DEVELOP]: before[DEVELOP], ...others }).toEqual(before);
    expect(ended.result).toMatchObject({ sha: develop, files: ['package.json'] });
    expect(world.show('origin/develop', 'package.json')).toContain('2.1.0');
    expect(world.show('origin/develop', 'b.txt')).toBe('b');
    expect(world.git('rev-parse', 'origin/develop^1', 'origin/develop^2').split('\n')).toEqual([
      before[DEVELOP],
      before['refs/heads/main'],
    ]);
    expect(world.subjects('origin/develop')[0]).toBe('Merge main back into develop after v2.1.0');
  });

  it('E-37: --plan shows what would come, and changes nothing', async () => {
    release('2.1.0');
    const before = world.git('ls-remote', 'origin');
    const ended = await world.prepare(undefined, { backMerge: true }, { plan: true });
    expect(ended).toMatchObject({ exitCode: 0, verdict: 'go', next: ['release prepare --back-merge'] });
    expect(ended.text).toContain('which lacks 2 commits');
    expect(ended.text).toContain('changes    package.json');
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('E-37: does nothing while develop holds main', async () => {
    const before = world.refs();
    expect(await mergeBack()).toMatchObject({ exitCode: 0, result: { alreadyMerged: true } });
    release('2.1.0');
    await mergeBack();
    expect(await mergeBack()).toMatchObject({ exitCode: 0, result: { alreadyMerged: true } });
    expect(world.refs()['refs/heads/main']).not.toBe(before['refs/heads/main']);
  });

  it('E-37: a conflict is told with its files, and nothing is pushed', async () => {
    release('2.1.0');
    world.push('package.json', MANIFEST('2.2.0-dev'), 'chore: next version');
    const before = world.refs();
    const said = await refusal(mergeBack());
    expect(said).toMatch(/^E_MERGE_CONFLICT: main does not merge cleanly into develop: package\.json\./);
    expect(world.refs()).toEqual(before);
  });

  it('E-37: somebody who pushes in between keeps what was pushed, and the merge is planned anew', async () => {
    release('2.1.0');
    setHook('case "$1" in refs/heads/develop) exit 1;; esac');
    expect(await mergeBack()).toMatchObject({ exitCode: 3, verdict: 'failed' });
    setHook('exit 0');
    const pushed = world.push('b.txt', 'b', 'feat: in between');
    expect(await world.prepare(undefined, { resume: true })).toMatchObject({ exitCode: 3 });
    expect(world.refs()[DEVELOP]).toBe(pushed);
    const given = await world.prepare(undefined, { abandon: true, reason: 'develop moved' });
    expect(given).toMatchObject({ next: ['release prepare --back-merge --plan'] });
    expect(given.text).toContain('Nothing of it is known to be pushed');
    expect(await mergeBack()).toMatchObject({ exitCode: 0 });
  });

  it('E-37: a merge whose push was refused goes through with --resume', async () => {
    release('2.1.0');
    setHook('case "$1" in refs/heads/develop) exit 1;; esac');
    await mergeBack();
    setHook('exit 0');
    const ended = await world.prepare(undefined, { resume: true });
    expect(ended).toMatchObject({ exitCode: 0, verdict: 'completed' });
    expect(world.show('origin/develop', 'package.json')).toContain('2.1.0');
  });

  it.each<[CommandOptions, string | undefined, string]>([
    [{ for: '2026-12-08' }, undefined, 'E_FLAG_REFUSED'],
    [{ from: 'main' }, undefined, 'E_FLAG_REFUSED'],
    [{ keepReverted: true }, undefined, 'E_FLAG_REFUSED'],
    [{ hotfix: true }, undefined, 'E_FLAG_REFUSED'],
    [{}, 'v2.0.2', 'E_FLAG_REFUSED'],
  ])('E-37: refuses %j %s', async (options, version, code) => {
    expect(await refusal(mergeBack(options, version))).toContain(code);
  });

  it('E-37: says what is missing where there is no develop or no release', async () => {
    world.git('push', '--quiet', 'origin', ':refs/tags/v2.0.3');
    expect(await refusal(mergeBack())).toContain('E_NO_TAG: main holds no released version');
    world.git('push', '--quiet', 'origin', ':develop');
    expect(await refusal(mergeBack())).toContain('E_NO_BRANCH: The remote has no branch develop');
  });
});

describe('release prepare --back-merge after a rollback', () => {
  it('E-31: is refused while it would take the changes out of develop, and says the way on', async () => {
    releaseAndRestore(world);
    const before = world.refs();
    const said = await refusal(mergeBack());
    expect(said).toMatch(/^E_RESTORED: main was taken back by [0-9a-f]{7} "Restore v2\.0\.3"/);
    expect(said).toContain('release prepare passes over that commit');
    expect(world.refs()).toEqual(before);
  });

  it('E-31: is refused also where develop went on in the same file', async () => {
    releaseAndRestore(world);
    world.push('export.txt', 'export, better', 'fix: export');
    expect(await refusal(mergeBack())).toContain('E_RESTORED');
  });
});

describe('release prepare --back-merge once a version is live after a rollback', () => {
  let live: PrepareWorld;
  beforeAll(async () => {
    world = makePrepareWorld();
    releaseAndRestore(world);
    world.push('export.txt', 'export, better', 'fix: export');
    await world.prepare('v2.1.1');
    goLive('2.1.1');
    live = world;
  });
  beforeEach(() => {
    world.remove();
    world = live.copy();
  });
  afterAll(() => live.remove());

  it('E-31: goes through, and takes nothing out', async () => {
    world.push('next.txt', 'next', 'feat: next');
    expect(await mergeBack()).toMatchObject({ exitCode: 0, version: 'v2.1.1' });
    expect(world.show('origin/develop', 'export.txt')).toBe('export, better');
    expect(world.show('origin/develop', 'next.txt')).toBe('next');
    expect(world.show('origin/develop', 'package.json')).toContain('2.1.1');
    expect(world.show('origin/develop', 'CHANGELOG.md')).toContain('## [2.1.1]');
  });

  it('E-31: a version that follows without a back-merge keeps the changelog of the one before', async () => {
    world.push('next.txt', 'next', 'feat: next');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { notFollowed: [] } });
    expect(world.show('v2.2.0-rc.1', 'CHANGELOG.md')).toContain('## [2.1.1]');
    expect(world.show('v2.2.0-rc.1', 'export.txt')).toBe('export, better');
  });
});
