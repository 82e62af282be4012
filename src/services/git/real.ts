import { listChanged, readCommitTime } from './compare-commits.ts';
import { makeRelease, makeRestore, predictMerge } from './make-objects.ts';
import { cachedHead, checkRef, checkSha } from './names.ts';
import { type GitOptions, type OpenedGit, openGit } from './open-git.ts';
import type { GitPort } from './port.ts';
import { pushRefs } from './push-refs.ts';
import { makeFileReader } from './read-files.ts';
import {
  findFilesWith,
  listBranches,
  listCommits,
  listFilesAt,
  listVersions,
  readRef,
  readTag,
} from './read-history.ts';
import { mustRun, type RunGit } from './run-git.ts';
import { syncCache } from './sync-cache.ts';

async function readRemoteRefs(
  { run, url }: OpenedGit,
  refs: readonly string[],
): Promise<Record<string, string>> {
  const args = ['ls-remote', '--end-of-options', url, ...refs.map(checkRef)];
  const out = await mustRun(run, 'Asking the remote', args, { talksToRemote: true, timeoutMs: 60_000 });
  const pairs = out.split('\n').map((line) => line.split('\t'));
  return Object.fromEntries(
    pairs.flatMap(([sha, ref]) => (sha && ref && refs.includes(ref) ? [[ref, sha] as const] : [])),
  );
}

/** git by argument list on a bare cache of our own (T09–T11). */
export function makeGit(options: GitOptions): GitPort {
  let opened: Promise<OpenedGit> | undefined;
  const git = (): Promise<OpenedGit> => {
    opened ??= openGit(options);
    return opened;
  };
  const run: RunGit = async (...call) => (await git()).run(...call);
  let fresh: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    fresh = git().then(({ run, url }) => syncCache(run, url));
    fresh.catch(() => undefined);
    return fresh;
  };
  // A cache that could not be brought up to date says nothing: its silence would be read as "there is none".
  const named: RunGit = async (...call) => {
    await (fresh ?? refresh());
    return run(...call);
  };
  return {
    sync: refresh,
    branchTip: (branch) => readRef(named, cachedHead(branch)),
    tag: (version) => readTag(named, version),
    versions: () => listVersions(named),
    branches: (prefix) => listBranches(named, prefix),
    readFile: makeFileReader(run),
    listFiles: (commit, folder) => listFilesAt(run, commit, folder),
    filesWith: (commit, texts) => findFilesWith(run, commit, texts),
    contains: async (commit, ancestor) =>
      (await run(['merge-base', '--is-ancestor', checkSha(ancestor), checkSha(commit)])).code === 0,
    commitsBetween: (from, to) => listCommits(run, from, to),
    ownCommits: (from, to) => listCommits(run, from, to, ['--first-parent', '--exclude-first-parent-only']),
    committedAt: (commit) => readCommitTime(run, commit),
    changedFiles: (from, to) => listChanged(run, from, to),
    sameTree: async (left, right) =>
      (await run(['diff-tree', '--quiet', checkSha(left), checkSha(right)])).code === 0,
    predictMerge: (into, from) => predictMerge(run, into, from),
    makeRelease: (order) => makeRelease(run, order, options.identity),
    makeRestore: (order) => makeRestore(run, order, options.identity),
    push: async (moves) => pushRefs(run, (await git()).url, moves),
    remoteRefs: async (refs) => readRemoteRefs(await git(), refs),
  };
}
