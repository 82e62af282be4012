import { describe, expect, it } from 'vitest';
import type { RunGit } from '../../../src/services/git/run-git.ts';
import { syncCache } from '../../../src/services/git/sync-cache.ts';

// What git 2.39 says when another fetch of the same repository was quicker.
const RACE = "error: cannot lock ref 'refs/remote/heads/main': is at 1111111 but expected 2222222";
const LOCKED = "fatal: Unable to create '/cache/packed-refs.lock': File exists.";

/** A git that gives these complaints one after another, and is content when none is left. */
function makeGitThatSays(complaints: readonly string[]) {
  let calls = 0;
  const run: RunGit = async () => {
    const err = complaints[calls] ?? '';
    calls += 1;
    return { code: err === '' ? 0 : 1, out: '', err, timedOut: false, tookMs: 1 };
  };
  return { run, calls: () => calls };
}

describe('bringing the cache up to date', () => {
  it('asks again when another command of this machine moved the same ref in the same moment', async () => {
    const git = makeGitThatSays([RACE, LOCKED]);
    await syncCache(git.run, '/origin');
    expect(git.calls()).toBe(3);
  });

  it('gives up on a lock that stays', async () => {
    const git = makeGitThatSays(Array.from({ length: 99 }, () => LOCKED));
    await expect(syncCache(git.run, '/origin')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(git.calls()).toBe(8);
  });

  it('does not ask twice for anything else', async () => {
    const git = makeGitThatSays(['fatal: could not read from remote repository']);
    await expect(syncCache(git.run, '/origin')).rejects.toMatchObject({ code: 'E_GIT' });
    expect(git.calls()).toBe(1);
  });
});
