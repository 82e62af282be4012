import { sayMoment } from '../../src/domain/calendar/say-moment.ts';
import { type Weighed, weighCommit } from '../../src/domain/freeze/weigh-commit.ts';
import { plural } from '../../src/domain/plural.ts';
import { oneLine } from '../../src/domain/screen-text.ts';
import { isCandidate } from '../../src/domain/version.ts';
import {
  defineCheck,
  exceptionRules,
  type FreezeFacts,
  type Judgement,
  ReleaseError,
  type Runbook,
  readFreeze,
} from '../../src/kit.ts';
import type { CommitLine } from '../../src/services/git/port.ts';

const MOST = 5;
const ANSWER =
  'let a person answer for each: a last line "Freeze-Exception: Name: reason" in the commit, or source.freeze.exceptions.';

interface Late {
  readonly commit: CommitLine;
  readonly weighed: Weighed;
}

const noRelease = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'No version was named, so there is no branch to look at.',
    next: 'release preflight v2.1.0',
    state: 'untouched',
  });

function sayLate({ commit: { sha, subject, author }, weighed }: Late): string {
  const who = weighed.granted ? `${weighed.by}: ${weighed.reason}` : `${oneLine(author, 40)}; ${weighed.why}`;
  return `${sha.slice(0, 7)} ${oneLine(subject, 60)} (${who})`;
}

const list = (late: readonly Late[]): string =>
  `${late.slice(0, MOST).map(sayLate).join(', ')}${late.length > MOST ? ` and ${late.length - MOST} more` : ''}`;

/** Each commit once, newest first. */
function listLate({ afterCandidate, afterBegin }: FreezeFacts, runbook: Runbook): readonly Late[] {
  const known = new Set(afterCandidate.map(({ sha }) => sha));
  const all = [...afterCandidate, ...afterBegin.filter(({ sha }) => !known.has(sha))];
  const rules = exceptionRules(runbook);
  return all.map((commit) => ({ commit, weighed: weighCommit(commit, rules) }));
}

const sayBegin = ({ begins = 0 }: FreezeFacts, { window, timezone }: Runbook): string =>
  sayMoment(begins, window?.zone ?? timezone);

function saySince(facts: FreezeFacts, runbook: Runbook): string {
  const { candidate, afterCandidate, afterBegin } = facts;
  const marks = [
    ...(afterCandidate.length > 0 ? [candidate?.name ?? ''] : []),
    ...(afterBegin.length > 0 ? [sayBegin(facts, runbook)] : []),
  ];
  return `since ${marks.join(' and ')}`;
}

function sayFrozen(facts: FreezeFacts, runbook: Runbook): string {
  const { branch, candidate, begins } = facts;
  const frozen = begins === undefined ? [] : [`frozen from ${sayBegin(facts, runbook)}`];
  if (candidate === undefined) return `${branch} is ${frozen.join('')}`;
  return [`${branch} stands at ${candidate.name}`, ...frozen].join(', ');
}

const nextOf = (name: string): string => name.replace(/\d+$/, (digits) => String(Number(digits) + 1));

function sayRemedy({ candidate, afterCandidate }: FreezeFacts): string {
  const isUntagged = candidate !== undefined && afterCandidate.length > 0;
  return isUntagged
    ? `Test them and tag ${nextOf(candidate.name)}, or ${ANSWER}`
    : `Leave them for the next release, or ${ANSWER}`;
}

function judgeLate(facts: FreezeFacts, runbook: Runbook): Judgement {
  const late = listLate(facts, runbook);
  const loose = late.filter(({ weighed }) => !weighed.granted);
  const evidence = {
    candidate: facts.candidate?.name ?? null,
    commits: late.map(({ commit }) => commit.sha),
  };
  const since = saySince(facts, runbook);
  if (late.length === 0) return { outcome: 'pass', said: sayFrozen(facts, runbook) };
  if (loose.length === 0) return { outcome: 'warn', said: `${since}, by exception: ${list(late)}`, evidence };
  return {
    outcome: 'fail',
    said: `${plural(loose.length, 'commit')} without a named exception ${since}: ${list(loose)}`,
    remedy: sayRemedy(facts),
    evidence,
    // The hour of the freeze moves with the day of the release; the commits that nobody answers for do not.
    about: { loose: loose.map(({ commit }) => commit.sha).sort() },
  };
}

/** What goes out stands still from its candidate on; a fix that cannot wait has somebody's name on it. */
export default defineCheck({
  id: 'source.frozen',
  title: 'Release branch is tagged and frozen',
  runbook: ['PRE-26', 'HOP-01'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git'],
  absent: ({ release, runbook }) => {
    const { candidates, businessDays } = runbook.source.freeze;
    if (release === undefined) return 'no version was named';
    if (isCandidate(release.version)) return 'a candidate has none of its own';
    if (release.from === release.version) return `${release.version} is live`;
    const isFree = !candidates && businessDays === undefined;
    return isFree ? 'source.freeze names neither candidates nor days' : undefined;
  },
  probe: async ({ git }, { release, runbook, now, facts }) => {
    if (release === undefined) throw noRelease();
    const day = facts.plannedDay?.day;
    return readFreeze(git, runbook, release, now, typeof day === 'string' ? day : undefined);
  },
  judge: (facts, { runbook }) => {
    const { candidate, branch } = facts;
    if (candidate?.isOnBranch !== false) return judgeLate(facts, runbook);
    return {
      outcome: 'fail',
      said: `${candidate.name} (${candidate.commit.slice(0, 7)}) does not lie on ${branch}: another commit was tagged, or the branch rewritten`,
      remedy: `Find out what was tested, and tag that on ${branch} as ${nextOf(candidate.name)}.`,
    };
  },
});
