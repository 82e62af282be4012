import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import { checkSha } from './names.ts';
import { RESTORED } from './read-history.ts';
import { mustRun, type RunGit } from './run-git.ts';

/** The trailer by which a commit of `release prepare` is known. */
export const PREPARED = 'Prepared-Version';

const FORMAT = [
  '%m',
  '%H',
  '%P',
  '%s',
  '%an',
  '%cI',
  `%(trailers:key=${RESTORED},valueonly,separator=%x20)`,
  `%(trailers:key=${PREPARED},valueonly,separator=%x20)`,
  '%b',
].join('%x1f');

/** The mark of a commit of which a copy lies on the other side. */
const COPIED = '=';

function readCommit(line: string): HistoryCommit {
  const [
    mark,
    sha = '',
    parents = '',
    subject = '',
    author = '',
    at = '',
    restores = '',
    prepares = '',
    ...body
  ] = line.split('\x1f');
  return {
    sha,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    subject,
    body: body.join('\x1f'),
    author,
    at,
    ...(restores === '' ? {} : { restores }),
    ...(prepares === '' ? {} : { prepares }),
    ...(mark === COPIED ? { isCopy: true } : {}),
  };
}

/**
 * Commits that `to` has and `from` has not, with parents and messages: each before its parents, whatever the clocks of
 * their authors said. A copy (cherry-pick) of a commit that `from` has is marked as one. Undefined `from`: the whole history.
 */
export async function listHistory(
  run: RunGit,
  from: string | undefined,
  to: string,
): Promise<readonly HistoryCommit[]> {
  const range =
    from === undefined
      ? [checkSha(to)]
      : ['--cherry-mark', '--right-only', `${checkSha(from)}...${checkSha(to)}`];
  const how = ['--topo-order', '--no-color', `--format=${FORMAT}`];
  const out = await mustRun(run, 'Reading history', ['log', '-z', ...how, ...range, '--'], {
    timeoutMs: 60_000,
  });
  return out
    .split('\0')
    .filter((line) => line !== '')
    .map(readCommit);
}
