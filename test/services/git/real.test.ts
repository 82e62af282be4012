import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkRef, headRef } from '../../../src/services/git/names.ts';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const identity = { name: 'release', email: 'release@example.com' };
const shell = makeShell();
const at = '2026-11-24T15:00:00.000Z';
let seed: TempOrigin;
let place: TempOrigin;
let git: GitPort;
let seededMain: string;
let main: string;
let branch: string;

const openGit = (cache = 'cache'): GitPort =>
  makeGit({
    shell,
    remote: 'origin',
    cacheFolder: join(place.folder, cache),
    checkoutFolder: place.work,
    identity,
  });

const order = () => ({
  version: 'v2.1.0' as const,
  main,
  branch,
  branchName: 'release/v2.1.0',
  at,
  trailers: { 'Release-Run': 'r-1', 'Previous-Version': 'v2.0.3' },
});
const release = async () => {
  const made = await git.makeRelease(order());
  await git.push([
    { ref: 'refs/heads/main', from: main, to: made.commit },
    { ref: 'refs/tags/v2.1.0', from: null, to: made.tag },
  ]);
  await git.sync();
  return made;
};

beforeAll(() => {
  seed = makeTempOrigin();
  seededMain = seed.git('rev-parse', 'main');
  seed.git('tag', '-a', 'v2.0.3', '-m', 'Release v2.0.3');
  seed.git('tag', 'v2.1.0-rc.1');
  seed.git('checkout', '--quiet', '-b', 'release/v2.1.0');
  branch = seed.commit('feature.txt', 'new', 'feat: export');
  seed.git('push', '--quiet', 'origin', 'release/v2.1.0', 'v2.0.3', 'v2.1.0-rc.1');
});
beforeEach(async () => {
  place = seed.copy();
  main = seededMain;
  git = openGit();
  await git.sync();
});
afterEach(() => place.remove());
afterAll(() => seed.remove());

describe('several commands at once on one machine', () => {
  const tips = (): Promise<unknown> => {
    const mine = openGit('shared');
    return mine.sync().then(() => mine.branchTip('main'));
  };

  it('make the cache once, and none of them meets it half made', async () => {
    const found = await Promise.all(Array.from({ length: 12 }, tips));
    expect(new Set(found)).toEqual(new Set([main]));
    expect(readdirSync(place.folder).filter((name) => name.startsWith('shared'))).toEqual(['shared']);
  });
});

describe('a remote that does not answer', () => {
  it('makes every question about it fail; what the cache lacks, or has from before, is no answer', async () => {
    place.git('remote', 'set-url', 'origin', join(place.folder, 'nowhere.git'));
    const asked = openGit();
    await expect(asked.sync()).rejects.toMatchObject({ code: 'E_GIT' });
    for (const question of [
      asked.tag('v2.9.9'),
      asked.branchTip('main'),
      asked.versions(),
      asked.branches('release/'),
    ]) {
      await expect(question).rejects.toMatchObject({ code: 'E_GIT' });
    }
  });

  it('is asked again by the next sync', async () => {
    place.git('remote', 'set-url', 'origin', join(place.folder, 'nowhere.git'));
    const asked = openGit();
    await expect(asked.sync()).rejects.toMatchObject({ code: 'E_GIT' });
    place.git('clone', '--quiet', '--bare', place.origin, join(place.folder, 'nowhere.git'));
    await asked.sync();
    expect(await asked.branchTip('main')).toBe(main);
  });
});

describe('reading', () => {
  it('brings the cache up to date by itself before the first question about a name', async () => {
    expect(await openGit('another').branchTip('main')).toBe(main);
  });

  it('F12: fetches a commit that another machine speaks of, and takes no file for missing that it has not got', async () => {
    const late = place.commit('late.txt', 'late');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    expect(await openGit('a').listFiles(late, '.')).toContain('late.txt');
    expect(await openGit('b').readFile(late, 'late.txt')).toBe('late');
    expect(await openGit('c').contains(late, branch)).toBe(true);
    expect(await openGit('d').filesWith(late, ['late'])).toEqual(['late.txt']);
    expect(await openGit('e').changedFiles(branch, late)).toEqual(['late.txt']);
    expect(await openGit('f').sameTree(late, late)).toBe(true);
    expect(await openGit('g').committedAt(late)).toBeDefined();
    expect(await openGit('h').commitsBetween(branch, late)).toHaveLength(1);
    expect(await openGit('i').predictMerge(main, late)).toMatchObject({ clean: true });
  });

  it('says that it does not know when the remote of such a commit does not answer', async () => {
    place.git('remote', 'set-url', 'origin', join(place.folder, 'nowhere.git'));
    await expect(openGit('j').readFile(main, 'feature.txt')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(await openGit().readFile(branch, 'feature.txt')).toBe('new');
  });

  it('takes the relative address of a remote from the checkout, as git does', async () => {
    place.git('remote', 'set-url', 'origin', '../origin.git');
    expect(await openGit('relative').branchTip('main')).toBe(main);
  });

  it('finds branches, tags and files as the remote has them', async () => {
    expect(await git.branchTip('main')).toBe(main);
    expect(await git.branchTip('nowhere')).toBeUndefined();
    expect(await git.branches('release/')).toEqual(['release/v2.1.0']);
    expect(await git.versions()).toEqual(['v2.1.0-rc.1', 'v2.0.3']);
    expect(await git.tag('v2.0.3')).toMatchObject({ annotated: true, commit: main });
    expect(await git.tag('v9.9.9')).toBeUndefined();
    expect(await git.readFile(branch, 'feature.txt')).toBe('new');
    expect(await git.readFile(branch, 'missing.txt')).toBeUndefined();
    expect(await git.contains(branch, main)).toBe(true);
    expect((await git.commitsBetween(main, branch)).map((one) => one.subject)).toEqual(['feat: export']);
  });

  it('reads by one process that stays, whatever the files hold', async () => {
    const odd = 'blob\nend-0 missing\n\n';
    const commit = place.commit('odd name.txt', odd, 'docs: odd');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    const calls: string[] = [];
    const counting: typeof shell = {
      ...shell,
      program: (name, args, how) => {
        calls.push(args.join(' '));
        return shell.program(name, args, how);
      },
      talk: (name, args, how) => {
        calls.push(args.join(' '));
        return shell.talk(name, args, how);
      },
    };
    const asked = makeGit({
      shell: counting,
      remote: 'origin',
      cacheFolder: join(place.folder, 'counted'),
      checkoutFolder: place.work,
      identity,
    });
    await asked.sync();
    calls.length = 0;
    const paths = ['odd name.txt', 'missing.txt', 'feature.txt', '', 'feature.txt', 'two\nlines.txt'];
    const texts = await Promise.all(paths.map((path) => asked.readFile(commit, path)));
    expect(texts).toEqual([odd, undefined, 'new', undefined, 'new', undefined]);
    expect(await asked.readFile('0'.repeat(40), 'feature.txt')).toBeUndefined();
    expect(await asked.branchTip('main')).toBe(main);
    expect(calls).toEqual([expect.stringContaining('cat-file --batch-command')]);
  });

  it('lists the files below a folder at any depth, in the order of git, and none for what is no folder', async () => {
    const names = ['sub.txt', 'sub/b c.sql', 'sub/deep/er/a.sql', 'sub/\u00e4.sql'];
    mkdirSync(join(place.work, 'sub/deep/er'), { recursive: true });
    for (const name of names) place.commit(name, name);
    const commit = place.git('rev-parse', 'HEAD');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    const below = ['sub/b c.sql', 'sub/deep/er/a.sql', 'sub/\u00e4.sql'];
    for (const folder of ['sub', 'sub/', './sub']) expect(await git.listFiles(commit, folder)).toEqual(below);
    expect(await git.listFiles(commit, 'sub/deep')).toEqual(['sub/deep/er/a.sql']);
    for (const folder of ['nowhere', 'sub.txt']) expect(await git.listFiles(commit, folder)).toEqual([]);
    expect(await git.listFiles(commit, '')).toEqual(expect.arrayContaining(names));
    await expect(git.listFiles('0'.repeat(40), 'sub')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('takes a hole in the cache for no answer: neither for an empty folder nor for a file or tag that is not there', async () => {
    mkdirSync(join(place.work, 'sub'), { recursive: true });
    const commit = place.commit('sub/one.sql', 'one');
    place.git('tag', '-a', 'v2.0.9', '-m', 'Release v2.0.9');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0', 'v2.0.9');
    await git.sync();
    expect(await git.listFiles(commit, './sub')).toEqual(['sub/one.sql']);
    const empty = (id: string): void => {
      const path = join(place.folder, 'cache/objects', id.slice(0, 2), id.slice(2));
      rmSync(path, { force: true });
      writeFileSync(path, '');
    };
    empty(place.git('rev-parse', `${commit}:sub`));
    await expect(git.listFiles(commit, 'sub')).rejects.toMatchObject({ code: 'E_GIT' });
    await expect(git.readFile(commit, 'sub/one.sql')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(await git.readFile(commit, 'other.sql')).toBeUndefined();
    empty(place.git('rev-parse', 'v2.0.9'));
    await expect(git.tag('v2.0.9')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('tells of an odd date that there is none', async () => {
    const text = `object ${main}\ntype commit\ntag v2.0.8\ntagger A <a@example.com> 99999999999999 +0000\n\nRelease v2.0.8\n`;
    const tag = execFileSync(
      'git',
      ['-C', place.work, 'hash-object', '-t', 'tag', '-w', '--stdin', '--literally'],
      {
        input: text,
        encoding: 'utf8',
      },
    ).trim();
    place.git('update-ref', 'refs/tags/v2.0.8', tag);
    place.git('push', '--quiet', 'origin', 'v2.0.8');
    await git.sync();
    expect(await git.tag('v2.0.8')).toMatchObject({ commit: main, at: '' });
  });

  it('reads files that are too many for one answer in several, and half of none', async () => {
    const line = 'blob\n'.repeat(700_000);
    place.commit('left.txt', line);
    place.commit('huge.txt', line.repeat(2));
    const commit = place.commit('right.txt', `${line}!`);
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    const paths = ['left.txt', 'right.txt'];
    const [left, right] = await Promise.all(paths.map((path) => git.readFile(commit, path)));
    expect([left === line, right === `${line}!`]).toEqual([true, true]);
    await expect(git.readFile(commit, 'huge.txt')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('takes a name that leads to no commit for no release', async () => {
    place.git('tag', 'v8.0.0', `${branch}:feature.txt`);
    place.git('push', '--quiet', 'origin', 'v8.0.0');
    await git.sync();
    expect(await git.tag('v8.0.0')).toBeUndefined();
    expect(await git.tag('v2.1.0-rc.1')).toMatchObject({ annotated: false, commit: main, object: main });
  });

  it('leaves the user’s checkout alone', async () => {
    writeFileSync(join(place.work, 'feature.txt'), 'changed');
    await release();
    expect(place.git('rev-parse', 'HEAD')).toBe(branch);
    expect(place.git('status', '--porcelain')).toBe('M feature.txt');
  });
});

describe('telling commits apart', () => {
  it('E-39: names the files that differ, and when a commit was made', async () => {
    await git.sync();
    expect(await git.changedFiles(main, branch)).toEqual(
      place.git('diff', '--name-only', main, branch).split('\n'),
    );
    expect(await git.changedFiles(branch, branch)).toEqual([]);
    const committed = place.git('show', '-s', '--format=%cI', branch);
    expect(await git.committedAt(branch)).toBe(committed);
  });

  it('E-39: says of a commit that the remote does not have that it does not know', async () => {
    await git.sync();
    const stranger = 'e'.repeat(40);
    expect(await git.committedAt(stranger)).toBeUndefined();
    expect(await git.changedFiles(stranger, branch)).toBeUndefined();
  });
});

describe('what came to a branch', () => {
  const seen = async () => [...(await git.ownCommits(branch, place.git('rev-parse', 'HEAD')))].reverse();

  it('PRE-26: reads who answers for a commit, and why, from its trailers; a word in the text is none', async () => {
    place.commit('a.txt', 'a', 'fix: a\n\nFreeze-Exception: in the text\n\nand more text');
    place.commit('b.txt', 'b', 'fix: b\n\nFreeze-Exception: Robin: P1\nFreeze-Exception: Jo: P0,\n  too');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    const [first, second] = await seen();
    expect(first).not.toHaveProperty('exception');
    expect(second).toMatchObject({ subject: 'fix: b', exception: 'Robin: P1\nJo: P0, too' });
  });

  it('PRE-26: a merge stands for all that it brought', async () => {
    place.git('checkout', '--quiet', '-b', 'fix');
    place.commit('c.txt', 'c');
    place.commit('d.txt', 'd');
    place.git('checkout', '--quiet', 'release/v2.1.0');
    place.git('merge', '--quiet', '--no-ff', '-m', 'Merge fix', 'fix');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    expect((await seen()).map(({ subject }) => subject)).toEqual(['Merge fix']);
  });

  it('PRE-26: a merge back into main hides nothing of what came late', async () => {
    place.commit('e.txt', 'e', 'feat: late');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    place.git('checkout', '--quiet', '-b', 'merged-back', main);
    place.git('merge', '--quiet', '--no-ff', '-m', 'Merge back', 'release/v2.1.0');
    place.git('push', '--quiet', 'origin', 'merged-back:main');
    await git.sync();
    const tip = place.git('rev-parse', 'release/v2.1.0');
    const late = await git.ownCommits(place.git('rev-parse', 'HEAD'), tip);
    expect(late.map(({ subject }) => subject)).toContain('feat: late');
  });

  it('PRE-26: what was merged the wrong way round is all there', async () => {
    place.git('checkout', '--quiet', '-b', 'fix', main);
    place.commit('c.txt', 'c', 'feat: c');
    place.git('merge', '--quiet', '--no-ff', '-m', 'Merge release into fix', 'release/v2.1.0');
    place.git('push', '--quiet', 'origin', 'fix:release/v2.1.0');
    await git.sync();
    expect((await seen()).map(({ subject }) => subject)).toEqual(['feat: c', 'Merge release into fix']);
  });
});

describe('making a release', () => {
  it('DAY-18, DAY-19: merges without fast-forward and tags with what a rollback must know', async () => {
    const made = await release();
    expect(place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(made.commit);
    expect(place.git('--git-dir', place.origin, 'rev-list', '--parents', '-1', made.commit)).toBe(
      `${made.commit} ${main} ${branch}`,
    );
    expect(await git.tag('v2.1.0')).toMatchObject({
      annotated: true,
      commit: made.commit,
      trailers: { 'Release-Run': 'r-1', 'Previous-Version': 'v2.0.3' },
    });
  });

  it('makes the same ids on another machine', async () => {
    const other = openGit('another-cache');
    await other.sync();
    expect(await other.makeRelease(order())).toEqual(await git.makeRelease(order()));
  });

  it('F07: makes the same ids from a plan that the ledger has kept, which gives names back in another order', async () => {
    const { trailers, ...rest } = order();
    const kept = Object.fromEntries(Object.entries(trailers).reverse());
    expect(await git.makeRelease({ ...rest, trailers: kept })).toEqual(await git.makeRelease(order()));
  });

  it('predicts a conflict and refuses to make the merge', async () => {
    place.git('checkout', '--quiet', 'main');
    main = place.commit('feature.txt', 'other');
    place.git('push', '--quiet', 'origin', 'main');
    await git.sync();
    expect(await git.predictMerge(main, branch)).toEqual({
      clean: false,
      conflicts: ['feature.txt'],
      sameAsBranch: false,
    });
    await expect(git.makeRelease(order())).rejects.toMatchObject({ code: 'E_MERGE_CONFLICT' });
  });
});

describe('searching the code of a commit', () => {
  it('E-64: names the files that hold one of the texts, as that commit has them', async () => {
    place.commit('a.ts', 'process.env.A', 'a');
    place.commit('with space.ts', 'import.meta.env.B', 'b');
    const found = place.commit('c.ts', 'processXenv', 'c');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    const texts = ['process.env', 'import.meta.env'];
    expect(await git.filesWith(found, texts)).toEqual(['a.ts', 'with space.ts']);
    expect(await git.filesWith(main, texts)).toEqual([]);
  });

  it('E-64: a commit that is not there is no code without such files', async () => {
    await expect(git.filesWith('a'.repeat(40), ['x'])).rejects.toMatchObject({ code: 'E_GIT' });
  });
});

describe('a commit that the cache does not have', () => {
  it('does not merge cleanly: nobody knows what it holds', async () => {
    await expect(git.predictMerge(main, 'a'.repeat(40))).rejects.toMatchObject({ code: 'E_GIT' });
  });
});

describe('pushing', () => {
  it('DAY-20: moves main and exactly one tag, or nothing at all', async () => {
    place.git('tag', 'stray');
    place.git('push', '--quiet', 'origin', `${branch}:refs/tags/v2.1.0`);
    const made = await git.makeRelease(order());
    const moves = [
      { ref: 'refs/heads/main', from: main, to: made.commit },
      { ref: 'refs/tags/v2.1.0', from: null, to: made.tag },
    ];
    await expect(git.push(moves)).rejects.toMatchObject({
      code: 'E_PUSH_REFUSED',
      text: { state: 'untouched' },
    });
    expect(place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(main);
    expect(place.git('ls-remote', 'origin', 'refs/tags/stray')).toBe('');
  });

  it('E-32: tries a push, which sends nothing, and is refused where somebody pushed meanwhile', async () => {
    const made = await git.makeRelease(order());
    const moves = [{ ref: 'refs/heads/main', from: main, to: made.commit }];
    await git.tryPush(moves);
    expect(place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(main);
    place.git('checkout', '--quiet', 'main');
    const theirs = place.commit('theirs.txt', 'theirs');
    place.git('push', '--quiet', 'origin', 'main');
    await expect(git.tryPush(moves)).rejects.toMatchObject({ code: 'E_PUSH_REFUSED' });
    expect(place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(theirs);
  });

  it('T42: refuses when somebody pushed meanwhile, and loses nothing of theirs', async () => {
    const made = await git.makeRelease(order());
    place.git('checkout', '--quiet', 'main');
    const theirs = place.commit('theirs.txt', 'theirs');
    place.git('push', '--quiet', 'origin', 'main');
    await git.sync();
    await expect(git.push([{ ref: 'refs/heads/main', from: main, to: made.commit }])).rejects.toMatchObject({
      code: 'E_PUSH_REFUSED',
    });
    expect(place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(theirs);
  });

  it('RBX-3B2, E-32: never sends a push that would rewrite a branch', async () => {
    const made = await release();
    await expect(git.push([{ ref: 'refs/heads/main', from: made.commit, to: main }])).rejects.toMatchObject({
      code: 'E_NOT_FORWARD',
    });
  });

  it('reads back what the remote has now', async () => {
    const made = await release();
    expect(await git.remoteRefs(['refs/heads/main', 'refs/tags/v2.1.0', 'refs/tags/v9.9.9'])).toEqual({
      'refs/heads/main': made.commit,
      'refs/tags/v2.1.0': made.tag,
    });
  });
});

describe('going back', () => {
  it('E-30: restores the tree of an earlier version on top of main, as a fast-forward', async () => {
    const made = await release();
    const { commit } = await git.makeRestore({
      version: 'v2.0.3',
      main: made.commit,
      at,
      reason: 'error rate\nBad: trailer',
    });
    await git.push([{ ref: 'refs/heads/main', from: made.commit, to: commit }]);
    await git.sync();
    expect(await git.sameTree(commit, main)).toBe(true);
    expect(await git.contains(commit, made.commit)).toBe(true);
  });
});

describe('T09, T10, T11: hostile names and repositories', () => {
  it.each([
    '-d',
    '--upload-pack=touch pwned',
    'a..b',
    'a b',
    'a;id',
    'a\nb',
    '',
    'x.lock',
    '../x',
    'refs//x',
    '$(id)',
    '`id`',
  ])('T09: %j is no branch', (name) => {
    expect(() => headRef(name)).toThrow(TypeError);
    expect(() => checkRef(`refs/heads/${name}`)).toThrow(TypeError);
  });

  it('T11: runs no hook and no configured program of the checkout', async () => {
    const marker = join(place.folder, 'pwned');
    mkdirSync(join(place.work, '.git/hooks'), { recursive: true });
    writeFileSync(join(place.work, '.git/hooks/pre-push'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    place.git('config', 'core.sshCommand', `touch ${marker}; ssh`);
    place.git('config', 'credential.helper', `!touch ${marker}`);
    await release();
    expect(existsSync(marker)).toBe(false);
  });

  it('T10: does not follow a remote that would run a program', async () => {
    const marker = join(place.folder, 'pwned');
    const remote = `ext::sh -c "touch ${marker}"`;
    const hostile = makeGit({
      shell,
      remote,
      cacheFolder: join(place.folder, 'c2'),
      checkoutFolder: place.work,
      identity,
    });
    await expect(hostile.sync()).rejects.toMatchObject({ code: 'E_GIT' });
    expect(existsSync(marker)).toBe(false);
  });

  it('T12: keeps a hostile commit subject as text', async () => {
    place.git('commit', '--quiet', '--allow-empty', '-m', '$(touch pwned) `id` <!channel>');
    place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await git.sync();
    const tip = (await git.branchTip('release/v2.1.0')) ?? '';
    expect((await git.commitsBetween(branch, tip))[0]?.subject).toBe('$(touch pwned) `id` <!channel>');
  });
});
