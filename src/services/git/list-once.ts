import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import { makeAskOnce } from './ask-once.ts';
import { hasCommit } from './compare-commits.ts';
import type { ObjectReader } from './object-reader.ts';
import type { CommitLine, Sha } from './port.ts';
import { listCommits } from './read-history.ts';
import { listHistory } from './read-parents.ts';
import type { RunGit } from './run-git.ts';

/** Both lines of a history alone: a merge stands for all that it brought. */
const OWN_LINES = ['--first-parent', '--exclude-first-parent-only'];

/** Histories between commits: each is asked of git once, as ids say all of it, and none where both ends are one commit. */
export function makeLists(run: RunGit, objects: ObjectReader) {
  const lines = makeAskOnce<readonly CommitLine[]>();
  const histories = makeAskOnce<readonly HistoryCommit[]>();
  const isNothing = async (from: Sha | undefined, to: Sha): Promise<boolean> =>
    from === to && hasCommit(objects, to);
  const list = (from: Sha, to: Sha, how: readonly string[] = []): Promise<readonly CommitLine[]> =>
    lines(`${from}..${to} ${how}`, async () =>
      (await isNothing(from, to)) ? [] : listCommits(run, from, to, how),
    );
  return {
    commits: (from: Sha, to: Sha) => list(from, to),
    ownCommits: (from: Sha, to: Sha) => list(from, to, OWN_LINES),
    history: (from: Sha | undefined, to: Sha) =>
      histories(`${from}..${to}`, async () =>
        (await isNothing(from, to)) ? [] : listHistory(run, from, to),
      ),
  };
}
