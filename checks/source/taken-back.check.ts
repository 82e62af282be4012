import { plural } from '../../src/domain/plural.ts';
import { compareReleases, isCandidate, readVersion } from '../../src/domain/version.ts';
import { defineCheck, listRealChanges, ReleaseError, type Runbook, type Services } from '../../src/kit.ts';

type Git = Services['git'];

const MOST = 5;

const noRelease = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'No version was named, so there is no branch to look at.',
    next: 'release preflight v2.1.0',
    state: 'untouched',
  });

const notCompared = (what: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `What a rollback took away could not be compared: ${what}.`,
    next: 'Ask again; see that the tags of both versions are on the remote.',
    state: 'untouched',
  });

/** The newest version between what is live and what is to be released: it was released, and is not live any more. */
async function findTakenBack(
  git: Git,
  from: string | undefined,
  version: string,
): Promise<string | undefined> {
  const live = readVersion(from ?? '');
  if (live === undefined) return undefined;
  const isBetween = (one: string): boolean =>
    compareReleases(one, live) > 0 && compareReleases(one, version) < 0;
  return (await git.versions()).find((one) => !isCandidate(one) && isBetween(one));
}

async function readCommit(git: Git, version: string): Promise<string> {
  const named = readVersion(version);
  const tag = named && (await git.tag(named));
  if (tag === undefined) throw notCompared(`there is no tag ${version}`);
  return tag.commit;
}

/** Files that the version had changed, and those of them that the branch has as they were before it. */
async function compare(git: Git, { source }: Runbook, from: string, taken: string, tip: string) {
  const [before, after] = [await readCommit(git, from), await readCommit(git, taken)];
  const changed = await listRealChanges(git, source, before, after);
  const now = await git.changedFiles(before, tip);
  if (changed === undefined || now === undefined) throw notCompared('a commit is not on the remote');
  const kept = new Set(now);
  return { changed: changed.length, lost: changed.filter((path) => !kept.has(path)) };
}

const list = (files: readonly string[]): string =>
  `${files.slice(0, MOST).join(', ')}${files.length > MOST ? ` and ${files.length - MOST} more` : ''}`;

/**
 * After a rollback the restore commit on main undoes, in whatever is merged with it, what the version had changed: a
 * branch that took main in holds its own fix and half of the rest, without a conflict and without a word (E-31).
 */
export default defineCheck({
  id: 'source.taken-back',
  title: 'What a rollback took away is in the release again',
  runbook: ['E-31', 'DAY-18'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git'],
  absent: ({ release }) => {
    if (release === undefined) return 'no version was named';
    return release.from === release.version ? `${release.version} is live` : undefined;
  },
  probe: async ({ git }, { release, runbook }) => {
    if (release === undefined) throw noRelease();
    const { branch, from, version } = release;
    const [tip, taken] = [await git.branchTip(branch), await findTakenBack(git, from, version)];
    if (from === undefined || tip === undefined || taken === undefined) return { from };
    return { branch, from, taken, ...(await compare(git, runbook, from, taken, tip)) };
  },
  judge: (seen) => {
    if (!('taken' in seen))
      return { outcome: 'pass', said: `nothing was taken back since ${seen.from || 'the last release'}` };
    const { branch, from, taken, changed, lost } = seen;
    if (lost.length === 0) return { outcome: 'pass', said: `${branch} has all that ${taken} had changed` };
    const isAll = lost.length === changed;
    const some = `${lost.length} of the ${plural(changed, 'file')}`;
    return {
      outcome: isAll ? 'warn' : 'fail',
      said: `${taken} was taken back, and ${branch} has ${isAll ? 'nothing' : `not all`} of it: ${some} that it changed stand there as in ${from} (${list(lost)})`,
      remedy: `Revert the restore commit on ${branch} (git log --grep "Restore ${from}" names it; git revert brings the files back), then test it anew. Where they are left out on purpose, ${isAll ? 'nothing is to be done' : 'waive this with that reason'}.`,
      evidence: { lost: lost.slice(0, 100) },
    };
  },
});
