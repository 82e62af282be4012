import { gitFailed, type RunGit } from './run-git.ts';

const TRIES = 8;

/** Two commands of one machine fill the same cache; git refuses the second of two that move one ref. */
const isRace = (complaint: string): boolean => /cannot lock ref|\.lock': File exists/.test(complaint);

/** Brings branches and tags of the remote into names of the cache's own, exactly as they are there. */
export async function syncCache(run: RunGit, url: string): Promise<void> {
  const specs = ['+refs/heads/*:refs/remote/heads/*', '+refs/tags/*:refs/remote/tags/*'];
  const how = ['--quiet', '--prune', '--no-tags', '--no-write-fetch-head', '--end-of-options'];
  for (let tries = 1; ; tries += 1) {
    const answer = await run(['fetch', ...how, url, ...specs], { talksToRemote: true, timeoutMs: 120_000 });
    if (answer.code === 0) return;
    // Asking again is enough: by then the other one has written what this one wanted to write.
    if (tries === TRIES || !isRace(answer.err)) throw gitFailed('Fetching from the remote', answer);
  }
}
