import { defineCheck, ReleaseError } from '../../src/kit.ts';
import type { CommitLine } from '../../src/services/git/port.ts';

const noRelease = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'No version was named, so there is no branch to look at.',
    next: 'release preflight v2.1.0',
    state: 'untouched',
  });

const isRestored = (lacked: readonly CommitLine[]): boolean =>
  lacked.some((commit) => commit.restores !== undefined);

/** Why the merge would not hold what the branch holds; a rollback is the likeliest cause, and the worst to miss. */
function sayDifference(main: string, lacked: readonly CommitLine[]): string {
  const restore = lacked.find((commit) => commit.restores !== undefined);
  if (restore !== undefined)
    return `${main} was restored to ${restore.restores} (${restore.sha.slice(0, 7)}) and would take its changes back`;
  return `${main} has ${lacked.length} commit${lacked.length === 1 ? '' : 's'} that it lacks`;
}

function sayRemedy(main: string, branch: string, lacked: readonly CommitLine[]): string {
  const restore = lacked.find((commit) => commit.restores !== undefined);
  if (restore === undefined) return `Merge ${main} into ${branch}, test it, and release that.`;
  const revert = `git revert --no-edit ${restore.sha.slice(0, 10)}`;
  return `Begin the branch on ${main}: git switch -C ${branch} ${main}, ${revert}, then merge or pick the fix; test it, and release that.`;
}

/**
 * The branch is there, merges without a conflict, and the merge would hold exactly what was tested: after a rollback a
 * branch on the earlier release merges cleanly into a tree without it (E-31, E-39). No work tree is touched.
 */
export default defineCheck({
  id: 'source.release-branch',
  title: 'Release branch exists and merges cleanly',
  runbook: ['HOP-01', 'DAY-18'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git'],
  absent: ({ release }) => (release ? undefined : 'no version was named'),
  probe: async ({ git }, { release, runbook }) => {
    if (release === undefined) throw noRelease();
    const main = await git.branchTip(runbook.source.main);
    const tip = await git.branchTip(release.branch);
    const merge = main && tip ? await git.predictMerge(main, tip) : undefined;
    const merged = main && tip ? await git.contains(main, tip) : false;
    const lacked = main && tip && merge?.sameAsBranch === false ? await git.commitsBetween(tip, main) : [];
    return {
      branch: release.branch,
      main,
      tip,
      merge,
      merged,
      lacked,
      isLive: release.from === release.version,
    };
  },
  judge: ({ branch, main, tip, merge, merged, lacked, isLive }, { runbook }) => {
    const into = runbook.source.main;
    if (main === undefined)
      return {
        outcome: 'fail',
        said: `there is no branch ${into}`,
        remedy: 'Set source.main in the configuration.',
      };
    if (tip === undefined)
      return {
        outcome: 'fail',
        said: `there is no branch ${branch}`,
        remedy: 'release prepare, or push the branch.',
      };
    // A version that is live was released from its branch; what main got since then says nothing against it.
    if (merged && isLive) return { outcome: 'pass', said: `${branch} is already in ${into}` };
    if (merge?.clean !== true)
      return {
        outcome: 'fail',
        said: `conflicts in ${merge?.conflicts.join(', ')}${isRestored(lacked) ? `; ${sayDifference(into, lacked)}` : ''}`,
        remedy: isRestored(lacked)
          ? sayRemedy(into, branch, lacked)
          : `Merge ${into} into ${branch} and resolve them.`,
      };
    if (!merge.sameAsBranch)
      return {
        outcome: 'fail',
        said: `${branch} would not be released as it was tested: ${sayDifference(into, lacked)}`,
        remedy: sayRemedy(into, branch, lacked),
      };
    if (merged) return { outcome: 'pass', said: `${branch} is already in ${into}` };
    return { outcome: 'pass', said: `${branch} @ ${tip.slice(0, 7)} merges cleanly` };
  },
});
