import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MoveRefs } from './move-refs.ts';
import { cachedHead, checkRef, checkSha } from './names.ts';
import type { OpenedGit } from './open-git.ts';
import type { LastSeen, RefMove } from './port.ts';
import { listBranches, listVersions, readRef, readTag } from './read-history.ts';

/** Its age is what it says: git leaves nothing behind when it fetches and finds nothing new. */
const markOf = (cacheFolder: string): string => join(cacheFolder, 'last-seen');

/** Notes that the cache is as the remote is now. A disk without room for it is no reason not to go on. */
export function markSeen(cacheFolder: string): void {
  try {
    writeFileSync(markOf(cacheFolder), '');
  } catch {
    // Then the time before stays; what is older than it says misleads nobody.
  }
}

const SHARED = /^refs\/(heads|tags)\//;

/**
 * Notes what this machine has just pushed: it has seen that it is there. Whatever goes wrong with the note, the push has
 * happened, and the next fetch brings the same.
 */
export async function notePushed(move: MoveRefs, moves: readonly RefMove[]): Promise<void> {
  const lines = moves
    .filter(({ ref }) => SHARED.test(ref))
    .map(({ ref, to }) => `update ${checkRef(ref).replace('refs/', 'refs/remote/')} ${checkSha(to)}`);
  if (lines.length > 0) await move(lines);
}

/** The cache as it stands, without asking the remote; undefined when it was never filled. */
export function readLastSeen(cacheFolder: string, { run, objects }: OpenedGit): LastSeen | undefined {
  const mark = statSync(markOf(cacheFolder), { throwIfNoEntry: false });
  if (mark === undefined) return undefined;
  return {
    at: mark.mtime.toISOString(),
    names: {
      branchTip: (branch) => readRef({ run, objects }, cachedHead(branch)),
      tag: (version) => readTag({ run, objects }, version),
      versions: () => listVersions(run),
      branches: (prefix) => listBranches(run, prefix),
    },
  };
}
