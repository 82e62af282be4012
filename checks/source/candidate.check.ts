import { carriesCandidates } from '../../src/config/carries-candidates.ts';
import { isCandidate, parseReleaseVersion } from '../../src/domain/version.ts';
import { defineCheck, ReleaseError } from '../../src/kit.ts';
import type { TagFacts } from '../../src/services/git/port.ts';

interface Seen {
  readonly tag: TagFacts | undefined;
  /** What `release prepare` pushed under this name, by its own record. */
  readonly prepared?: { readonly commit: string; readonly tag: string };
  /** False: the release branch is there and does not hold the commit. */
  readonly isOnBranch: boolean;
}

const noRelease = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'No version was named, so there is no candidate to look at.',
    next: 'release preflight v2.1.0-rc.1 --env staging',
    state: 'untouched',
  });

const unread = (what: string): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `What release prepare recorded is not known: ${what}`,
    next: 'Look again when the ledger answers.',
    state: 'untouched',
  });

/** A name that was moved to another commit, or that somebody gave to any commit at all, is not what was prepared (PRE-06). */
export default defineCheck({
  id: 'source.candidate',
  title: 'Candidate is the one that was prepared',
  runbook: ['PRE-06', 'PRE-15'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ release, runbook, env }) => {
    if (!carriesCandidates(runbook, env)) return 'releases come here, not candidates';
    return release?.commit === undefined ? 'no version was named' : undefined;
  },
  probe: async ({ git }, { release, facts }): Promise<Seen> => {
    if (release?.commit === undefined) throw noRelease();
    const { prepared } = facts;
    if (typeof prepared?.unread === 'string') throw unread(prepared.unread);
    const [tag, tip] = await Promise.all([
      git.tag(parseReleaseVersion(release.version)),
      git.branchTip(release.branch),
    ]);
    const isOnBranch = tip === undefined || (await git.contains(tip, release.commit));
    const found = prepared?.found as Seen['prepared'];
    return { tag, isOnBranch, ...(found === undefined ? {} : { prepared: found }) };
  },
  judge: ({ tag, prepared, isOnBranch }, { release }) => {
    const { version = '', branch = '', commit = '' } = release ?? {};
    const name = `${version} @ ${commit.slice(0, 7)}`;
    if (tag === undefined)
      return {
        outcome: 'fail',
        said: `${branch} is at ${commit.slice(0, 7)}, and no candidate is tagged there`,
        remedy: `Tag it: release prepare ${version}`,
      };
    if (prepared !== undefined && (prepared.commit !== tag.commit || prepared.tag !== tag.object))
      return {
        outcome: 'fail',
        said: `${name} is not what was prepared: that was ${prepared.commit.slice(0, 7)}`,
        remedy: 'Somebody moved the tag. Find out who, and let release prepare tag the next candidate.',
      };
    if (!isCandidate(version)) return { outcome: 'pass', said: `${name} is a release` };
    if (!isOnBranch)
      return {
        outcome: 'fail',
        said: `${name} is not on ${branch}`,
        remedy: 'What would be tested is not what would be released: release prepare tags the next one.',
      };
    return prepared === undefined
      ? {
          outcome: 'warn',
          said: `${name} is on ${branch}; no preparation of it is on record`,
          remedy: 'Let release prepare tag candidates.',
        }
      : { outcome: 'pass', said: `${name}, as release prepare recorded it` };
  },
});
