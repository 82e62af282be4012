import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { AskGithub } from './client.ts';
import type { CommitCheck } from './port.ts';
import { checkRunsAnswer, statusAnswer } from './shapes.ts';

const PAGE = 100;
const MOST_PAGES = 10;

const CONCLUSIONS: ReadonlyMap<string, CommitCheck['state']> = new Map([
  ['success', 'passed'],
  ['neutral', 'left-out'],
  ['skipped', 'left-out'],
  ['failure', 'failed'],
  ['timed_out', 'failed'],
  ['startup_failure', 'failed'],
]);
const STATES: ReadonlyMap<string, CommitCheck['state']> = new Map([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['error', 'failed'],
]);

/** Cancelled, stale, waiting for somebody, or a word that GitHub may add one day: not established. */
const toCheck = (
  name: string,
  word: string,
  states: ReadonlyMap<string, CommitCheck['state']>,
): CommitCheck => ({ name: oneLine(name, 120), word: oneLine(word, 40), state: states.get(word) ?? 'open' });

const tooMany = (commit: string): ReleaseError =>
  new ReleaseError('E_GITHUB_REFUSED', {
    what: `GitHub lists more than ${PAGE * MOST_PAGES} checks of ${commit.slice(0, 7)}.`,
    next: 'Look at the commit on GitHub: so many checks are a mistake of a pipeline.',
    state: 'untouched',
  });

/** Asks page after page; `read` takes what one of them holds. */
async function readPages<T>(
  commit: string,
  ask: (page: number) => Promise<{ readonly found: readonly T[]; readonly hasMore: boolean }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { found, hasMore } = await ask(page);
    all.push(...found);
    if (!hasMore) return all;
  }
  throw tooMany(commit);
}

const whereOf = (commit: string): string => `/commits/${encodeURIComponent(commit)}`;

const listRuns = (ask: AskGithub, commit: string): Promise<readonly CommitCheck[]> =>
  readPages(commit, async (page) => {
    const { answer, hasMore } = await ask({
      doing: 'list the checks of a commit',
      effect: 'read',
      path: `${whereOf(commit)}/check-runs?filter=latest&per_page=${PAGE}&page=${page}`,
      shape: checkRunsAnswer,
    });
    const found = answer.check_runs.map(({ name, status, conclusion }) =>
      toCheck(name, status === 'completed' ? (conclusion ?? status) : status, CONCLUSIONS),
    );
    return { found, hasMore };
  });

const listStatuses = (ask: AskGithub, commit: string): Promise<readonly CommitCheck[]> =>
  readPages(commit, async (page) => {
    const { answer, hasMore } = await ask({
      doing: 'tell the status of a commit',
      effect: 'read',
      path: `${whereOf(commit)}/status?per_page=${PAGE}&page=${page}`,
      shape: statusAnswer,
    });
    return { found: answer.statuses.map(({ context, state }) => toCheck(context, state, STATES)), hasMore };
  });

/** Check runs and statuses: pipelines use one or the other, so both are asked. */
export async function listCommitChecks(ask: AskGithub, commit: string): Promise<readonly CommitCheck[]> {
  const [runs, statuses] = await Promise.all([listRuns(ask, commit), listStatuses(ask, commit)]);
  return [...runs, ...statuses];
}
