import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RELEASED_AT, seedPlace } from './git-place.ts';

const { at, openGit, order, release } = seedPlace();

describe('several commands at once on one machine', () => {
  const tips = (): Promise<unknown> => {
    const mine = openGit('shared');
    return mine.sync().then(() => mine.branchTip('main'));
  };

  it('make the cache once, and none of them meets it half made', async () => {
    const found = await Promise.all(Array.from({ length: 12 }, tips));
    expect(new Set(found)).toEqual(new Set([at.main]));
    expect(readdirSync(at.place.folder).filter((name) => name.startsWith('shared'))).toEqual(['shared']);
  });
});

describe('a remote that does not answer', () => {
  it('makes every question about it fail; what the cache lacks, or has from before, is no answer', async () => {
    at.place.git('remote', 'set-url', 'origin', join(at.place.folder, 'nowhere.git'));
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
    at.place.git('remote', 'set-url', 'origin', join(at.place.folder, 'nowhere.git'));
    const asked = openGit();
    await expect(asked.sync()).rejects.toMatchObject({ code: 'E_GIT' });
    at.place.git('clone', '--quiet', '--bare', at.place.origin, join(at.place.folder, 'nowhere.git'));
    await asked.sync();
    expect(await asked.branchTip('main')).toBe(at.main);
  });
});

describe('making a release', () => {
  it('DAY-18, DAY-19: merges without fast-forward and tags with what a rollback must know', async () => {
    const made = await release();
    expect(at.place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(made.commit);
    expect(at.place.git('--git-dir', at.place.origin, 'rev-list', '--parents', '-1', made.commit)).toBe(
      `${made.commit} ${at.main} ${at.branch}`,
    );
    expect(await at.git.tag('v2.1.0')).toMatchObject({
      annotated: true,
      commit: made.commit,
      trailers: { 'Release-Run': 'r-1', 'Previous-Version': 'v2.0.3' },
    });
  });

  it('makes the same ids on another machine', async () => {
    const other = openGit('another-cache');
    await other.sync();
    expect(await other.makeRelease(order())).toEqual(await at.git.makeRelease(order()));
  });

  it('F07: makes the same ids from a plan that the ledger has kept, which gives names back in another order', async () => {
    const { trailers, ...rest } = order();
    const kept = Object.fromEntries(Object.entries(trailers).reverse());
    expect(await at.git.makeRelease({ ...rest, trailers: kept })).toEqual(await at.git.makeRelease(order()));
  });

  it('predicts a conflict and refuses to make the merge', async () => {
    at.place.git('checkout', '--quiet', 'main');
    at.main = at.place.commit('feature.txt', 'other');
    at.place.git('push', '--quiet', 'origin', 'main');
    await at.git.sync();
    expect(await at.git.predictMerge(at.main, at.branch)).toEqual({
      clean: false,
      conflicts: ['feature.txt'],
      sameAsBranch: false,
    });
    await expect(at.git.makeRelease(order())).rejects.toMatchObject({ code: 'E_MERGE_CONFLICT' });
  });
});

describe('pushing', () => {
  it('DAY-20: moves main and exactly one tag, or nothing at all', async () => {
    at.place.git('tag', 'stray');
    at.place.git('push', '--quiet', 'origin', `${at.branch}:refs/tags/v2.1.0`);
    const made = await at.git.makeRelease(order());
    const moves = [
      { ref: 'refs/heads/main', from: at.main, to: made.commit },
      { ref: 'refs/tags/v2.1.0', from: null, to: made.tag },
    ];
    await expect(at.git.push(moves)).rejects.toMatchObject({
      code: 'E_PUSH_REFUSED',
      text: { state: 'untouched' },
    });
    expect(at.place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(at.main);
    expect(at.place.git('ls-remote', 'origin', 'refs/tags/stray')).toBe('');
  });

  it('E-32: tries a push, which sends nothing, and is refused where somebody pushed meanwhile', async () => {
    const made = await at.git.makeRelease(order());
    const moves = [{ ref: 'refs/heads/main', from: at.main, to: made.commit }];
    await at.git.tryPush(moves);
    expect(at.place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(at.main);
    at.place.git('checkout', '--quiet', 'main');
    const theirs = at.place.commit('theirs.txt', 'theirs');
    at.place.git('push', '--quiet', 'origin', 'main');
    await expect(at.git.tryPush(moves)).rejects.toMatchObject({ code: 'E_PUSH_REFUSED' });
    expect(at.place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(theirs);
  });

  it('T42: refuses when somebody pushed meanwhile, and loses nothing of theirs', async () => {
    const made = await at.git.makeRelease(order());
    at.place.git('checkout', '--quiet', 'main');
    const theirs = at.place.commit('theirs.txt', 'theirs');
    at.place.git('push', '--quiet', 'origin', 'main');
    await at.git.sync();
    await expect(
      at.git.push([{ ref: 'refs/heads/main', from: at.main, to: made.commit }]),
    ).rejects.toMatchObject({
      code: 'E_PUSH_REFUSED',
    });
    expect(at.place.git('ls-remote', 'origin', 'refs/heads/main')).toContain(theirs);
  });

  it('RBX-3B2, E-32: never sends a push that would rewrite a branch', async () => {
    const made = await release();
    await expect(
      at.git.push([{ ref: 'refs/heads/main', from: made.commit, to: at.main }]),
    ).rejects.toMatchObject({
      code: 'E_NOT_FORWARD',
    });
  });

  it('reads back what the remote has now', async () => {
    const made = await release();
    expect(await at.git.remoteRefs(['refs/heads/main', 'refs/tags/v2.1.0', 'refs/tags/v9.9.9'])).toEqual({
      'refs/heads/main': made.commit,
      'refs/tags/v2.1.0': made.tag,
    });
  });
});

describe('going back', () => {
  it('E-30: restores the tree of an earlier version on top of main, as a fast-forward', async () => {
    const made = await release();
    const { commit } = await at.git.makeRestore({
      version: 'v2.0.3',
      main: made.commit,
      at: RELEASED_AT,
      reason: 'error rate\nBad: trailer',
    });
    await at.git.push([{ ref: 'refs/heads/main', from: made.commit, to: commit }]);
    await at.git.sync();
    expect(await at.git.sameTree(commit, at.main)).toBe(true);
    expect(await at.git.contains(commit, made.commit)).toBe(true);
  });
});
