import type { ShellAnswer } from '../shell/port.ts';
import { makeAskOnce } from './ask-once.ts';
import { isAncestor, isSameTree, listChanged, readCommitTime } from './compare-commits.ts';
import { makeHold } from './hold-commits.ts';
import { markSeen, notePushed, readLastSeen } from './last-seen.ts';
import { listFilesAt } from './list-files.ts';
import { makeLists } from './list-once.ts';
import { type Candidate, makeBringBack, makeCandidate, makeJoin } from './make-candidate.ts';
import { makeRelease, makeRestore, predictMerge } from './make-objects.ts';
import { cachedHead, checkRef } from './names.ts';
import { laterObjects } from './object-reader.ts';
import { type GitOptions, type OpenedGit, openGit } from './open-git.ts';
import type { GitPort, Sha } from './port.ts';
import { pushRefs } from './push-refs.ts';
import { readFileAt } from './read-files.ts';
import { findFilesWith, LIST_NAMES, listBranches, listVersions, readRef, readTag } from './read-history.ts';
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

/** The cache as its readers meet it: opened with the first question, and brought up to date before a name is asked for. */
function reachCache(options: GitOptions) {
  const git = (): Promise<OpenedGit> => openGit(options);
  const run: RunGit = async (...call) => (await git()).run(...call);
  let fresh: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    fresh = git()
      .then(({ run, url }) => syncCache(run, url))
      .then(() => markSeen(options.cacheFolder));
    fresh.catch(() => undefined);
    return fresh;
  };
  let names: { readonly since: Promise<void>; readonly answer: Promise<ShellAnswer> } | undefined;
  const forgetNames = (): void => {
    names = undefined;
  };
  // A cache that could not be brought up to date says nothing: its silence would be read as "there is none". Its names
  // are listed once for each time that it was.
  const named: RunGit = async (args, ...more) => {
    const since = fresh ?? refresh();
    await since;
    if (args !== LIST_NAMES) return run(args, ...more);
    if (names?.since !== since) names = { since, answer: run(args, ...more) };
    const { answer } = names;
    const isGood = await answer.then(
      ({ code }) => code === 0,
      () => false,
    );
    if (!isGood) forgetNames();
    return answer;
  };
  const objects = laterObjects(async () => (await git()).objects);
  const namedCache = {
    run: named,
    objects: laterObjects(async () => {
      await (fresh ?? refresh());
      return objects;
    }),
  };
  const fetchMissing = makeHold(objects, refresh);
  const having = async <T>(commits: readonly Sha[], ask: () => Promise<T>): Promise<T> => {
    if (fresh === undefined) await fetchMissing(commits);
    return ask();
  };
  return { git, run, objects, namedCache, forgetNames, refresh, having };
}

/** git by argument list on a bare cache of our own (T09–T11). */
export function makeGit(options: GitOptions): GitPort {
  const { git, run, objects, namedCache, forgetNames, refresh, having } = reachCache(options);
  const candidates = makeAskOnce<Candidate>();
  const lists = makeLists(run, objects);
  return {
    sync: refresh,
    branchTip: (branch) => readRef(namedCache, cachedHead(branch)),
    tag: (version) => readTag(namedCache, version),
    versions: () => listVersions(namedCache.run),
    branches: (prefix) => listBranches(namedCache.run, prefix),
    readFile: (commit, path) => having([commit], () => readFileAt(objects, commit, path)),
    listFiles: (commit, folder) => having([commit], () => listFilesAt(objects, commit, folder)),
    filesWith: (commit, texts) => having([commit], () => findFilesWith(run, commit, texts)),
    contains: (commit, ancestor) =>
      having([commit, ancestor], async () => isAncestor(await git(), ancestor, commit)),
    commitsBetween: (from, to) => having([from, to], () => lists.commits(from, to)),
    ownCommits: (from, to) => having([from, to], () => lists.ownCommits(from, to)),
    committedAt: (commit) => having([commit], () => readCommitTime(objects, commit)),
    changedFiles: (from, to) => having([from, to], async () => listChanged(await git(), from, to)),
    sameTree: (left, right) => having([left, right], () => isSameTree(objects, left, right)),
    predictMerge: (into, from) => having([into, from], async () => predictMerge(await git(), into, from)),
    makeRelease: async (order) => makeRelease(await git(), order, options.identity),
    makeRestore: async (order) => makeRestore(await git(), order, options.identity),
    history: (from, to) => having(from === undefined ? [to] : [from, to], () => lists.history(from, to)),
    makeCandidate: (order) => {
      // Objects of the order alone: the plan shows them, and the step that pushes asks for the same.
      const make = async () => makeCandidate(await git(), order, options.identity);
      return candidates(JSON.stringify(order), make);
    },
    makeJoin: async (order) => makeJoin(await git(), order, options.identity),
    makeBringBack: async (order) => makeBringBack(await git(), order, options.identity),
    push: async (moves) => {
      const opened = await git();
      await pushRefs(opened, moves);
      await notePushed(opened.move, moves);
      forgetNames();
    },
    tryPush: async (moves) => pushRefs(await git(), moves, { isTrial: true }),
    remoteRefs: async (refs) => readRemoteRefs(await git(), refs),
    lastSeen: async () => readLastSeen(options.cacheFolder, await git()),
  };
}
