import { hasCommit } from './compare-commits.ts';
import type { ObjectReader } from './object-reader.ts';

/**
 * Sees that the cache has the commits of a question. A commit never changes, so that a cache from before may answer for
 * it; but the run that is gone on with began on another machine, whose commits this one has never fetched: a file that
 * is missing there would be read as a file that does not exist. `fetch` throws when the remote cannot be asked.
 */
export function makeHold(
  objects: ObjectReader,
  fetch: () => Promise<void>,
): (commits: readonly string[]) => Promise<void> {
  const asked = new Map<string, Promise<boolean>>();
  const has = (commit: string): Promise<boolean> => {
    const known = asked.get(commit) ?? hasCommit(objects, commit);
    asked.set(commit, known);
    return known;
  };
  return async (commits) => {
    const known = await Promise.all(commits.map(has));
    if (known.includes(false)) await fetch();
  };
}
