import { ReleaseError } from '../../domain/failure.ts';
import { weighCommit } from '../../domain/freeze/weigh-commit.ts';
import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { exceptionRules, readFreeze } from '../../kit.ts';
import type { CommitLine } from '../../services/git/port.ts';
import type { Wired } from '../wired.ts';
import type { Base } from './find-base.ts';

const say = ({ sha, subject, author }: CommitLine): string =>
  `${sha.slice(0, 7)} ${oneLine(subject, 60)} (${oneLine(author, 40)})`;

const frozen = (branch: string, loose: readonly CommitLine[]): ReleaseError =>
  new ReleaseError('E_FROZEN', {
    what: `${branch} is frozen, and ${plural(loose.length, 'commit')} came in without a named exception: ${loose.slice(0, 5).map(say).join(', ')}.`,
    why: 'From T-1 on a change goes out only when a person answers for it (PRE-26).',
    next: 'Take them off the branch, or answer for each: a last line "Freeze-Exception: Name: reason" in the commit, or source.freeze.exceptions.',
    state: 'untouched',
  });

/**
 * What came to a branch since its newest candidate; the next one holds it. Throws E_FROZEN when the freeze of the calendar has
 * begun and nobody answers for a commit. `plannedDay`: from which it is counted.
 */
export async function weighLate(
  wired: Wired,
  { tip, newest, branchName }: Base,
  version: string,
  plannedDay: string | undefined,
): Promise<readonly string[]> {
  const { services, runbook, clock } = wired;
  if (tip === undefined || newest === undefined) return [];
  if (!(await services.git.contains(tip, newest.commit)))
    return [
      `${newest.name} (${newest.commit.slice(0, 7)}) does not lie on ${branchName}: what was tested is another line of work`,
    ];
  const facts = await readFreeze(
    services.git,
    runbook,
    { version, branch: branchName, from: '' },
    clock.now(),
    plannedDay,
  );
  const rules = exceptionRules(runbook);
  const isLoose = (commit: CommitLine): boolean => !weighCommit(commit, rules).granted;
  const late = new Set(facts.afterBegin.map(({ sha }) => sha));
  const since = await services.git.ownCommits(newest.commit, tip);
  const loose = since.filter((commit) => late.has(commit.sha) && isLoose(commit));
  if (loose.length > 0) throw frozen(branchName, loose);
  return since.length === 0
    ? []
    : [
        `since ${newest.name}: ${since.slice(0, 5).map(say).join(', ')}${since.length > 5 ? ` and ${since.length - 5} more` : ''}. Test them again.`,
      ];
}
