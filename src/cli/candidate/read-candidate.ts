import { ReleaseError } from '../../domain/failure.ts';
import { readReleaseNotes } from '../../domain/release-notes.ts';
import { releaseOf, type Version } from '../../domain/version.ts';
import type { CandidateFacts } from '../../plans/plan-candidate.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import { askLive } from '../facts/ask-live.ts';
import { readPending } from '../facts/read-deploy-facts.ts';
import type { Wired } from '../wired.ts';
import { type FoundCandidate, findCandidate, listCandidates } from './find-candidate.ts';
import { nameLive } from './name-live.ts';
import { readMove } from './read-move.ts';
import { refuseOtherApp } from './refuse-other-app.ts';

/** What a deploy of a candidate starts from, and what runs now. */
export interface CandidateStanding {
  readonly facts: CandidateFacts;
  readonly live: LiveVersion | undefined;
}

const untagged = (
  { version, branchName, commit }: FoundCandidate,
  newest: string | undefined,
): ReleaseError =>
  new ReleaseError('E_CANDIDATE_UNKNOWN', {
    what: `${branchName} is at ${commit.slice(0, 7)}, and no candidate is tagged there${newest ? `; the newest is ${newest}` : ''}.`,
    why: 'What is tested must have a name of its own, or nobody can say later what was tested.',
    next: `Tag it: release prepare ${releaseOf(version)}${newest ? `. Or try the candidate there is: ${newest}` : ''}`,
    state: 'untouched',
  });

/**
 * Reads what a deploy of `version` to an environment of candidates would start from. Throws E_VERSION_UNKNOWN,
 * E_CANDIDATE_UNKNOWN for a tip that is no candidate, E_DEPLOY_BRANCH where the platform would publish another commit, and
 * E_ENV_MIXED_UP where the application is another environment's.
 */
export async function readCandidate(wired: Wired, version: Version, run: string): Promise<CandidateStanding> {
  const { git } = wired.services;
  const { runbook, clock, digest } = wired;
  await git.sync();
  const found = await findCandidate(version, wired);
  if (found.tag === undefined) {
    const [newest] = await listCandidates(wired, releaseOf(version));
    throw untagged(found, newest?.version);
  }
  const live = await askLive(wired);
  refuseOtherApp(live, wired);
  const { commit, branchName } = found;
  const [from, pending, moved, changelog] = await Promise.all([
    nameLive(live, wired),
    readPending(wired, commit),
    readMove(found, wired),
    git.readFile(commit, runbook.source.changelog),
  ]);
  const notes = readReleaseNotes(changelog ?? '', releaseOf(found.version));
  const made = { at: clock.now().toISOString(), configDigest: digest, run, notes };
  return { live, facts: { version: found.version, commit, branchName, from, pending, ...moved, ...made } };
}
