import { randomBytes } from 'node:crypto';
import { seconds } from '../../domain/duration.ts';
import { isAncestor } from './compare-commits.ts';
import type { MoveRefs } from './move-refs.ts';
import { checkSha, recordNames } from './names.ts';
import { type GitOptions, type OpenedGit, openGit } from './open-git.ts';
import { type ChainPush, pushChain } from './push-chain.ts';
import { type ChainCommit, MOST_BYTES, readChainCommits } from './read-chain.ts';
import { readOwnRef } from './read-history.ts';
import { gitFailed, mustRun, type RunGit } from './run-git.ts';
import { writeChainCommit, writeEmptyTree } from './write-chain.ts';

/** Records on a git remote: one ref each, a line of commits that hold nothing but their messages. */
export interface RefChain {
  /** The remote, for people. */
  readonly says: string;
  /** Folder of the cache, for people. */
  readonly cache: string;
  /** Larger messages are never read. */
  readonly mostBytes: number;
  /** What the names of all records begin with, `refs/release/`. */
  readonly prefix: string;
  refs(): Promise<readonly string[]>;
  hear(ref: string): Promise<{ readonly id: string; readonly kind: string } | undefined>;
  after(from: string | undefined, to: string): Promise<readonly ChainCommit[]>;
  write(parent: string | undefined, message: string, at: string): Promise<string>;
  push(ref: string, from: string | undefined, to: string): Promise<ChainPush>;
  seen(ref: string): Promise<string | undefined>;
  keepSeen(ref: string, commit: string, before: string | undefined): Promise<void>;
  keepAside(ref: string, object: string): Promise<string>;
}

/** What git says of a ref that the remote does not have; LC_ALL is C for every call, so it is never translated. */
const ABSENT = /couldn't find remote ref/;

const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--end-of-options'];

/**
 * Asks for exactly this ref: `ls-remote` would have the remote list every pull request it ever had. It arrives under a
 * name of this call alone, so that two commands of one machine never wait for each other.
 */
async function hear({ run, url, objects, move }: OpenedGit, ref: string, timeoutMs: number) {
  const place = `refs/release-heard/${randomBytes(8).toString('hex')}`;
  const answer = await run([...FETCH, url, `+${ref}:${place}`], {
    talksToRemote: true,
    timeoutMs,
  });
  if (answer.code !== 0 && ABSENT.test(answer.err)) return undefined;
  if (answer.code !== 0) throw gitFailed('Asking the remote for the ledger', answer);
  const found = await objects.find(place);
  await move([`delete ${place}`]);
  return { id: checkSha(found?.id ?? ''), kind: found?.kind ?? '' };
}

async function listRefs(
  { run, url }: OpenedGit,
  prefix: string,
  timeoutMs: number,
): Promise<readonly string[]> {
  const args = ['ls-remote', '--end-of-options', url, `${prefix}*`];
  const out = await mustRun(run, 'Asking the remote', args, { talksToRemote: true, timeoutMs });
  return out
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '')
    .filter((ref) => ref.startsWith(prefix));
}

const moveSeen = (move: MoveRefs, place: string, commit: string, before: string): Promise<boolean> =>
  move([
    before === '' ? `create ${place} ${checkSha(commit)}` : `update ${place} ${checkSha(commit)} ${before}`,
  ]);

/**
 * Only ever forward: another command of this machine may have seen more, and then its word stays. `known` is what the
 * caller saw last, and `commit` follows it: mostly it is what stands there, and then nothing needs to be read.
 */
async function keepSeen(
  git: OpenedGit,
  place: string,
  commit: string,
  known: string | undefined,
): Promise<void> {
  const { move } = git;
  if (await moveSeen(move, place, commit, known ?? '')) return;
  for (let tries = 0; tries < 5; tries += 1) {
    const before = (await readOwnRef(git, place)) ?? '';
    if (before === commit || (before !== '' && !(await isAncestor(git, before, commit)))) return;
    if (await moveSeen(move, place, commit, before)) return;
  }
}

async function keepAside(run: RunGit, place: string, object: string): Promise<string> {
  await mustRun(run, 'Keeping what stood there', ['update-ref', place, object]);
  return place;
}

/** Where records lie unless the configuration says otherwise: no clone fetches it, and no host takes it for a branch. */
const USUAL_PREFIX = 'refs/release/';

interface ChainOptions {
  /** What the names of the refs begin with. */
  readonly prefix?: string;
  /** Limit of each call to the remote. */
  readonly timeoutMs?: number;
}

/** Records over git by argument list, in a bare cache of our own. */
export function makeRefChain(
  options: GitOptions,
  { prefix = USUAL_PREFIX, timeoutMs = seconds(30) }: ChainOptions = {},
): RefChain {
  const names = recordNames(prefix);
  const git = (): Promise<OpenedGit> => openGit(options);
  const run: RunGit = async (...call) => (await git()).run(...call);
  let tree: string | undefined;
  const writeCommit: RefChain['write'] = async (parent, message, at) => {
    const { write } = await git();
    tree ??= writeEmptyTree(write);
    return writeChainCommit(write, { tree, parent, message, at }, options.identity);
  };
  return {
    says: options.remote,
    cache: options.cacheFolder,
    mostBytes: MOST_BYTES,
    prefix,
    refs: async () => listRefs(await git(), prefix, timeoutMs),
    hear: async (ref) => hear(await git(), names.check(ref), timeoutMs),
    after: async (from, to) => readChainCommits(run, (await git()).objects, from, to),
    write: writeCommit,
    push: async (ref, from, to) =>
      pushChain(run, (await git()).url, { ref: names.check(ref), from, to }, timeoutMs),
    seen: async (ref) => readOwnRef(await git(), names.seen(ref)),
    keepSeen: async (ref, commit, before) => keepSeen(await git(), names.seen(ref), commit, before),
    keepAside: (ref, object) => keepAside(run, names.aside(ref, object), object),
  };
}
