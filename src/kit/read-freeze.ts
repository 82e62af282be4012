import { makeCalendar, makeSchedule } from '../config/make-schedule.ts';
import type { Runbook } from '../config/schema/index.ts';
import { ReleaseError } from '../domain/failure.ts';
import { findFreezeStart } from '../domain/freeze/find-freeze-start.ts';
import type { ExceptionRules } from '../domain/freeze/weigh-commit.ts';
import type { CommitLine, GitPort } from '../services/git/port.ts';
import type { ReleaseScope } from './check.ts';

/** Who may answer for a commit on a frozen branch, and what the configuration grants. */
export const exceptionRules = ({ source, people }: Runbook): ExceptionRules => ({
  granted: source.freeze.exceptions,
  people: Object.entries(people).flatMap(([key, { name, email }]) => [key, name, ...(email ? [email] : [])]),
});

/** Where a release branch was frozen, and what came to it since. */
export interface FreezeFacts {
  readonly branch: string;
  /** Newest candidate; undefined where none are tagged by rule. */
  readonly candidate?: { readonly name: string; readonly commit: string; readonly isOnBranch: boolean };
  /** Epoch milliseconds of the freeze by the calendar; undefined where there is none. */
  readonly begins?: number;
  readonly afterCandidate: readonly CommitLine[];
  readonly afterBegin: readonly CommitLine[];
}

type Git = Pick<GitPort, 'branchTip' | 'versions' | 'tag' | 'contains' | 'ownCommits'>;

const noBranch = (branch: string): ReleaseError =>
  new ReleaseError('E_CANDIDATE_UNKNOWN', {
    what: `There is no branch ${branch}, so nothing says what came to it.`,
    next: 'Push it, or correct source of the configuration.',
    state: 'untouched',
  });

const noCandidate = ({ version, branch }: ReleaseScope): ReleaseError =>
  new ReleaseError('E_NO_CANDIDATE', {
    what: `No candidate of ${version} is tagged, so nothing says where ${branch} was frozen.`,
    next: `Tag what is tested: release prepare ${version}. Where nobody tags candidates: source.freeze.candidates: false`,
    state: 'untouched',
  });

async function mustFind(git: Git, branch: string): Promise<string> {
  const tip = await git.branchTip(branch);
  if (tip === undefined) throw noBranch(branch);
  return tip;
}

async function readCandidate(
  git: Git,
  release: ReleaseScope,
  tip: string,
): Promise<FreezeFacts['candidate']> {
  const name = (await git.versions()).find((one) => one.startsWith(`${release.version}-rc.`));
  const tag = name === undefined ? undefined : await git.tag(name);
  if (name === undefined || tag === undefined) throw noCandidate(release);
  return { name, commit: tag.commit, isOnBranch: await git.contains(tip, tag.commit) };
}

const zoneOf = ({ window, timezone }: Runbook): string => window?.zone ?? timezone;

function findBegin(runbook: Runbook, now: Date, planned: string | undefined): number | undefined {
  const { businessDays, at } = runbook.source.freeze;
  if (businessDays === undefined) return undefined;
  const days = { schedule: makeSchedule(runbook), calendar: makeCalendar(runbook), zone: zoneOf(runbook) };
  return findFreezeStart(days, now.getTime(), { businessDays, at }, planned);
}

/** Commits of the branch from a moment on; one whose time cannot be read counts as late. */
async function readSince(
  git: Git,
  main: string,
  tip: string,
  begins: number,
): Promise<readonly CommitLine[]> {
  const commits = await git.ownCommits(await mustFind(git, main), tip);
  return commits.filter(({ at }) => !(Date.parse(at) < begins));
}

/**
 * What came to a release branch after its newest candidate, and after the freeze of the calendar (PRE-26, E-38), which is counted from
 * the planned day where there is one. Throws
 * E_NO_CANDIDATE when candidates are tagged by rule and this release has none, E_CANDIDATE_UNKNOWN without the branch.
 */
export async function readFreeze(
  git: Git,
  runbook: Runbook,
  release: ReleaseScope,
  now: Date,
  plannedDay?: string,
): Promise<FreezeFacts> {
  const { branch } = release;
  const tip = await mustFind(git, branch);
  const { candidates } = runbook.source.freeze;
  const candidate = candidates ? await readCandidate(git, release, tip) : undefined;
  const begins = findBegin(runbook, now, plannedDay);
  return {
    branch,
    ...(candidate === undefined ? {} : { candidate }),
    ...(begins === undefined ? {} : { begins }),
    afterCandidate: candidate?.isOnBranch === true ? await git.ownCommits(candidate.commit, tip) : [],
    afterBegin: begins === undefined ? [] : await readSince(git, runbook.source.main, tip, begins),
  };
}
