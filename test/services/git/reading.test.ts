import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeGit } from '../../../src/services/git/real.ts';
import { identity, seedPlace, shell } from './git-place.ts';

const { at, openGit, release } = seedPlace();

describe('reading', () => {
  it('brings the cache up to date by itself before the first question about a name', async () => {
    expect(await openGit('another').branchTip('main')).toBe(at.main);
  });

  it('F12: fetches a commit that another machine speaks of, and takes no file for missing that it has not got', async () => {
    const late = at.place.commit('late.txt', 'late');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    expect(await openGit('a').listFiles(late, '.')).toContain('late.txt');
    expect(await openGit('b').readFile(late, 'late.txt')).toBe('late');
    expect(await openGit('c').contains(late, at.branch)).toBe(true);
    expect(await openGit('d').filesWith(late, ['late'])).toEqual(['late.txt']);
    expect(await openGit('e').changedFiles(at.branch, late)).toEqual(['late.txt']);
    expect(await openGit('f').sameTree(late, late)).toBe(true);
    expect(await openGit('g').committedAt(late)).toBeDefined();
    expect(await openGit('h').commitsBetween(at.branch, late)).toHaveLength(1);
    expect(await openGit('i').predictMerge(at.main, late)).toMatchObject({ clean: true });
  });

  it('says that it does not know when the remote of such a commit does not answer', async () => {
    at.place.git('remote', 'set-url', 'origin', join(at.place.folder, 'nowhere.git'));
    await expect(openGit('j').readFile(at.main, 'feature.txt')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(await openGit().readFile(at.branch, 'feature.txt')).toBe('new');
  });

  it('takes the relative address of a remote from the checkout, as git does', async () => {
    at.place.git('remote', 'set-url', 'origin', '../origin.git');
    expect(await openGit('relative').branchTip('main')).toBe(at.main);
  });

  it('finds branches, tags and files as the remote has them', async () => {
    expect(await at.git.branchTip('main')).toBe(at.main);
    expect(await at.git.branchTip('nowhere')).toBeUndefined();
    expect(await at.git.branches('release/')).toEqual(['release/v2.1.0']);
    expect(await at.git.versions()).toEqual(['v2.1.0-rc.1', 'v2.0.3']);
    expect(await at.git.tag('v2.0.3')).toMatchObject({ annotated: true, commit: at.main });
    expect(await at.git.tag('v9.9.9')).toBeUndefined();
    expect(await at.git.readFile(at.branch, 'feature.txt')).toBe('new');
    expect(await at.git.readFile(at.branch, 'missing.txt')).toBeUndefined();
    expect(await at.git.contains(at.branch, at.main)).toBe(true);
    expect((await at.git.commitsBetween(at.main, at.branch)).map((one) => one.subject)).toEqual([
      'feat: export',
    ]);
  });

  it('reads by one process that stays, whatever the files hold', async () => {
    const odd = 'blob\nend-0 missing\n\n';
    const commit = at.place.commit('odd name.txt', odd, 'docs: odd');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
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
      cacheFolder: join(at.place.folder, 'counted'),
      checkoutFolder: at.place.work,
      identity,
    });
    await asked.sync();
    calls.length = 0;
    const paths = ['odd name.txt', 'missing.txt', 'feature.txt', '', 'feature.txt', 'two\nlines.txt'];
    const texts = await Promise.all(paths.map((path) => asked.readFile(commit, path)));
    expect(texts).toEqual([odd, undefined, 'new', undefined, 'new', undefined]);
    expect(await asked.readFile('0'.repeat(40), 'feature.txt')).toBeUndefined();
    expect(await asked.branchTip('main')).toBe(at.main);
    expect(calls).toEqual([expect.stringContaining('cat-file --batch-command')]);
  });

  it('lists the files below a folder at any depth, in the order of git, and none for what is no folder', async () => {
    const names = ['sub.txt', 'sub/b c.sql', 'sub/deep/er/a.sql', 'sub/\u00e4.sql'];
    mkdirSync(join(at.place.work, 'sub/deep/er'), { recursive: true });
    for (const name of names) at.place.commit(name, name);
    const commit = at.place.git('rev-parse', 'HEAD');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    const below = ['sub/b c.sql', 'sub/deep/er/a.sql', 'sub/\u00e4.sql'];
    for (const folder of ['sub', 'sub/', './sub'])
      expect(await at.git.listFiles(commit, folder)).toEqual(below);
    expect(await at.git.listFiles(commit, 'sub/deep')).toEqual(['sub/deep/er/a.sql']);
    for (const folder of ['nowhere', 'sub.txt']) expect(await at.git.listFiles(commit, folder)).toEqual([]);
    expect(await at.git.listFiles(commit, '')).toEqual(expect.arrayContaining(names));
    await expect(at.git.listFiles('0'.repeat(40), 'sub')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('takes a hole in the cache for no answer: neither for an empty folder nor for a file or tag that is not there', async () => {
    mkdirSync(join(at.place.work, 'sub'), { recursive: true });
    const commit = at.place.commit('sub/one.sql', 'one');
    at.place.git('tag', '-a', 'v2.0.9', '-m', 'Release v2.0.9');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0', 'v2.0.9');
    await at.git.sync();
    expect(await at.git.listFiles(commit, './sub')).toEqual(['sub/one.sql']);
    const empty = (id: string): void => {
      const path = join(at.place.folder, 'cache/objects', id.slice(0, 2), id.slice(2));
      rmSync(path, { force: true });
      writeFileSync(path, '');
    };
    empty(at.place.git('rev-parse', `${commit}:sub`));
    await expect(at.git.listFiles(commit, 'sub')).rejects.toMatchObject({ code: 'E_GIT' });
    await expect(at.git.readFile(commit, 'sub/one.sql')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(await at.git.readFile(commit, 'other.sql')).toBeUndefined();
    empty(at.place.git('rev-parse', 'v2.0.9'));
    await expect(at.git.tag('v2.0.9')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('tells of an odd date that there is none', async () => {
    const text = `object ${at.main}\ntype commit\ntag v2.0.8\ntagger A <a@example.com> 99999999999999 +0000\n\nRelease v2.0.8\n`;
    const tag = execFileSync(
      'git',
      ['-C', at.place.work, 'hash-object', '-t', 'tag', '-w', '--stdin', '--literally'],
      {
        input: text,
        encoding: 'utf8',
      },
    ).trim();
    at.place.git('update-ref', 'refs/tags/v2.0.8', tag);
    at.place.git('push', '--quiet', 'origin', 'v2.0.8');
    await at.git.sync();
    expect(await at.git.tag('v2.0.8')).toMatchObject({ commit: at.main, at: '' });
  });

  it('reads files that are too many for one answer in several, and half of none', async () => {
    const line = 'blob\n'.repeat(700_000);
    at.place.commit('left.txt', line);
    at.place.commit('huge.txt', line.repeat(2));
    const commit = at.place.commit('right.txt', `${line}!`);
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    const paths = ['left.txt', 'right.txt'];
    const [left, right] = await Promise.all(paths.map((path) => at.git.readFile(commit, path)));
    expect([left === line, right === `${line}!`]).toEqual([true, true]);
    await expect(at.git.readFile(commit, 'huge.txt')).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('takes a name that leads to no commit for no release', async () => {
    at.place.git('tag', 'v8.0.0', `${at.branch}:feature.txt`);
    at.place.git('push', '--quiet', 'origin', 'v8.0.0');
    await at.git.sync();
    expect(await at.git.tag('v8.0.0')).toBeUndefined();
    expect(await at.git.tag('v2.1.0-rc.1')).toMatchObject({
      annotated: false,
      commit: at.main,
      object: at.main,
    });
  });

  it('leaves the user’s checkout alone', async () => {
    writeFileSync(join(at.place.work, 'feature.txt'), 'changed');
    await release();
    expect(at.place.git('rev-parse', 'HEAD')).toBe(at.branch);
    expect(at.place.git('status', '--porcelain')).toBe('M feature.txt');
  });
});

describe('telling commits apart', () => {
  it('E-39: names the files that differ, and when a commit was made', async () => {
    await at.git.sync();
    expect(await at.git.changedFiles(at.main, at.branch)).toEqual(
      at.place.git('diff', '--name-only', at.main, at.branch).split('\n'),
    );
    expect(await at.git.changedFiles(at.branch, at.branch)).toEqual([]);
    const committed = at.place.git('show', '-s', '--format=%cI', at.branch);
    expect(await at.git.committedAt(at.branch)).toBe(committed);
  });

  it('E-39: says of a commit that the remote does not have that it does not know', async () => {
    await at.git.sync();
    const stranger = 'e'.repeat(40);
    expect(await at.git.committedAt(stranger)).toBeUndefined();
    expect(await at.git.changedFiles(stranger, at.branch)).toBeUndefined();
  });
});

describe('what came to a branch', () => {
  const seen = async () =>
    [...(await at.git.ownCommits(at.branch, at.place.git('rev-parse', 'HEAD')))].reverse();

  it('PRE-26: reads who answers for a commit, and why, from its trailers; a word in the text is none', async () => {
    at.place.commit('a.txt', 'a', 'fix: a\n\nFreeze-Exception: in the text\n\nand more text');
    at.place.commit('b.txt', 'b', 'fix: b\n\nFreeze-Exception: Robin: P1\nFreeze-Exception: Jo: P0,\n  too');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    const [first, second] = await seen();
    expect(first).not.toHaveProperty('exception');
    expect(second).toMatchObject({ subject: 'fix: b', exception: 'Robin: P1\nJo: P0, too' });
  });

  it('PRE-26: a merge stands for all that it brought', async () => {
    at.place.git('checkout', '--quiet', '-b', 'fix');
    at.place.commit('c.txt', 'c');
    at.place.commit('d.txt', 'd');
    at.place.git('checkout', '--quiet', 'release/v2.1.0');
    at.place.git('merge', '--quiet', '--no-ff', '-m', 'Merge fix', 'fix');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    expect((await seen()).map(({ subject }) => subject)).toEqual(['Merge fix']);
  });

  it('PRE-26: a merge back into main hides nothing of what came late', async () => {
    at.place.commit('e.txt', 'e', 'feat: late');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    at.place.git('checkout', '--quiet', '-b', 'merged-back', at.main);
    at.place.git('merge', '--quiet', '--no-ff', '-m', 'Merge back', 'release/v2.1.0');
    at.place.git('push', '--quiet', 'origin', 'merged-back:main');
    await at.git.sync();
    const tip = at.place.git('rev-parse', 'release/v2.1.0');
    const late = await at.git.ownCommits(at.place.git('rev-parse', 'HEAD'), tip);
    expect(late.map(({ subject }) => subject)).toContain('feat: late');
  });

  it('PRE-26: what was merged the wrong way round is all there', async () => {
    at.place.git('checkout', '--quiet', '-b', 'fix', at.main);
    at.place.commit('c.txt', 'c', 'feat: c');
    at.place.git('merge', '--quiet', '--no-ff', '-m', 'Merge release into fix', 'release/v2.1.0');
    at.place.git('push', '--quiet', 'origin', 'fix:release/v2.1.0');
    await at.git.sync();
    expect((await seen()).map(({ subject }) => subject)).toEqual(['feat: c', 'Merge release into fix']);
  });
});

describe('searching the code of a commit', () => {
  it('E-64: names the files that hold one of the texts, as that commit has them', async () => {
    at.place.commit('a.ts', 'process.env.A', 'a');
    at.place.commit('with space.ts', 'import.meta.env.B', 'b');
    const found = at.place.commit('c.ts', 'processXenv', 'c');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    const texts = ['process.env', 'import.meta.env'];
    expect(await at.git.filesWith(found, texts)).toEqual(['a.ts', 'with space.ts']);
    expect(await at.git.filesWith(at.main, texts)).toEqual([]);
  });

  it('E-64: a commit that is not there is no code without such files', async () => {
    await expect(at.git.filesWith('a'.repeat(40), ['x'])).rejects.toMatchObject({ code: 'E_GIT' });
  });
});

describe('a commit that the cache does not have', () => {
  it('does not merge cleanly: nobody knows what it holds', async () => {
    await expect(at.git.predictMerge(at.main, 'a'.repeat(40))).rejects.toMatchObject({ code: 'E_GIT' });
  });
});
