import { randomBytes } from 'node:crypto';
import { seconds } from '../../domain/duration.ts';
import { oneLine, withoutStop } from '../../domain/screen-text.ts';
import type { ShellAnswer } from '../shell/port.ts';
import { recordNames } from './names.ts';
import { type GitOptions, type OpenedGit, openGit } from './open-git.ts';
import { type ChainPush, sortPush } from './push-chain.ts';
import { writeChainCommit, writeEmptyTree } from './write-chain.ts';

/** What a remote said to a scratch ref below one prefix. */
export interface PlaceAnswer {
  readonly prefix: string;
  readonly push: ChainPush;
  /** Of one push, in ms. */
  readonly tookMs: number;
}

/** What a remote really takes. Every scratch ref is deleted again; `left` names those that it kept. */
export interface RemoteAnswer {
  readonly places: readonly PlaceAnswer[];
  /** Two refs in one atomic push; undefined when no place took even one. */
  readonly atomic?: ChainPush;
  /** The same push with an option, which nothing here needs. */
  readonly options?: ChainPush;
  readonly left: readonly string[];
}

type Push = (specs: readonly string[], flags?: readonly string[]) => Promise<ShellAnswer>;

const PUSH_MS = seconds(30);

const makePush =
  ({ run, url }: OpenedGit): Push =>
  (specs, flags = []) =>
    run(['push', '--porcelain', '--quiet', ...flags, '--end-of-options', url, ...specs], {
      talksToRemote: true,
      timeoutMs: PUSH_MS,
    });

const CANNOT = /does not support/i;

/** A remote that lacks a capability says so before anything is sent: git's own side refuses. */
function sort(answer: ShellAnswer): ChainPush {
  const sorted = sortPush(answer);
  return sorted.end === 'unclear' && CANNOT.test(answer.err)
    ? { end: 'refused', why: withoutStop(oneLine(answer.err, 200)) }
    : sorted;
}

/** Names of scratch refs that nobody else has, now or later. */
function nameScratch(prefix: string, mark: string): (name: string) => string {
  const { check } = recordNames(prefix);
  return (name) => check(`${prefix}probe-${mark}/${name}`);
}

/** Deletes what may be there; gives the names of what the remote kept, or would not say. */
async function sweep(
  { run, url }: OpenedGit,
  push: Push,
  refs: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const ref of refs) if ((await push([`:${ref}`])).code !== 0) left.push(ref);
  if (left.length === 0) return [];
  const there = await run(['ls-remote', '--end-of-options', url, ...left], {
    talksToRemote: true,
    timeoutMs: PUSH_MS,
  });
  return there.code === 0 ? left.filter((ref) => there.out.includes(`\t${ref}`)) : left;
}

/**
 * Tries scratch refs below each prefix until one is taken, there two refs in one atomic push and a push with an option,
 * and deletes all of them. Throws E_NO_REMOTE, E_GIT_TOO_OLD and E_GIT when git itself cannot begin.
 */
export async function probeRemote(
  options: GitOptions,
  prefixes: readonly string[],
  at: string,
): Promise<RemoteAnswer> {
  const git = await openGit(options);
  const push = makePush(git);
  const tree = writeEmptyTree(git.write);
  const order = {
    tree,
    parent: undefined,
    message: 'release init --probe: a scratch ref, deleted at once\n',
    at,
  };
  const commit = writeChainCommit(git.write, order, options.identity);
  const mark = randomBytes(6).toString('hex');
  const tried: string[] = [];
  const send = (refs: readonly string[], flags?: readonly string[]): Promise<ShellAnswer> => {
    tried.push(...refs);
    return push(
      refs.map((ref) => `${commit}:${ref}`),
      flags,
    );
  };
  const places: PlaceAnswer[] = [];
  for (const prefix of prefixes) {
    const answer = await send([nameScratch(prefix, mark)('one')]);
    places.push({ prefix, push: sort(answer), tookMs: answer.tookMs });
    if (answer.code === 0) break;
  }
  const taken = places.find(({ push: { end } }) => end === 'taken');
  const name = taken && nameScratch(taken.prefix, mark);
  const more = name && {
    atomic: sort(await send([name('two'), name('three')], ['--atomic'])),
    options: sort(await send([name('four')], ['--push-option=release.probe=1'])),
  };
  return { places, ...more, left: await sweep(git, push, tried) };
}
