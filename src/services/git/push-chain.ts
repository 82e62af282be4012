import { oneLine, withoutStop } from '../../domain/screen-text.ts';
import type { ShellAnswer } from '../shell/port.ts';
import { checkSha, pushedRef } from './names.ts';
import type { RunGit } from './run-git.ts';

/**
 * How a push of one ref ended. `moved`: certainly nothing happened, somebody was faster. `refused`: the remote does not
 * want it, and will not later. `unclear`: it may have happened, or may still happen.
 */
export type ChainPush =
  | { readonly end: 'taken' }
  | { readonly end: 'moved' }
  | { readonly end: 'refused'; readonly why: string }
  | { readonly end: 'unclear'; readonly why: string };

const MOVED = /^!\t.*\[rejected\]/m;
const REASON = /^!\t.*\[remote rejected\] \(([^\n]*)\)/m;
const FOR_GOOD =
  /hook declined|hidden ref|protected|prohibited|denied|not allowed|authentication failed|could not read (?:username|password)|HTTP 40[13]|returned error: 40[13]|repository not found|does not appear to be a git repository/i;

/** Reads git's answer to `push --porcelain`. A time limit or a broken line says nothing about the other side. */
export function sortPush({ code, timedOut, out, err }: ShellAnswer): ChainPush {
  if (code === 0) return { end: 'taken' };
  if (timedOut) return { end: 'unclear', why: 'the push did not end in time' };
  if (MOVED.test(out)) return { end: 'moved' };
  const why = withoutStop(oneLine(REASON.exec(out)?.[1] ?? err, 200)) || `git ended with ${code}`;
  return FOR_GOOD.test(why) ? { end: 'refused', why } : { end: 'unclear', why };
}

/** Moves one ref from `from` (undefined: it must not exist) to `to`, or not at all. */
export async function pushChain(
  run: RunGit,
  url: string,
  move: { readonly ref: string; readonly from: string | undefined; readonly to: string },
  timeoutMs: number,
): Promise<ChainPush> {
  const ref = pushedRef(move.ref);
  const lease = `--force-with-lease=${ref}:${move.from === undefined ? '' : checkSha(move.from)}`;
  const args = [
    'push',
    '--porcelain',
    '--quiet',
    lease,
    '--end-of-options',
    url,
    `${checkSha(move.to)}:${ref}`,
  ];
  return sortPush(await run(args, { talksToRemote: true, timeoutMs }));
}
