import { defineCheck, ReleaseError } from '../../src/kit.ts';

const noRelease = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'No version was named, so there is no branch to look at.',
    next: 'release preflight v2.1.0',
    state: 'untouched',
  });

/** The branch is there and merges without a conflict; asked without touching a work tree. */
export default defineCheck({
  id: 'source.release-branch',
  title: 'Release branch exists and merges cleanly',
  runbook: ['HOP-01', 'DAY-18'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ release }) => (release ? undefined : 'no version was named'),
  probe: async ({ git }, { release, runbook }) => {
    if (release === undefined) throw noRelease();
    const main = await git.branchTip(runbook.source.main);
    const tip = await git.branchTip(release.branch);
    const merge = main && tip ? await git.predictMerge(main, tip) : undefined;
    const merged = main && tip ? await git.contains(main, tip) : false;
    return { branch: release.branch, main, tip, merge, merged };
  },
  judge: ({ branch, main, tip, merge, merged }, { runbook }) => {
    if (main === undefined)
      return {
        outcome: 'fail',
        said: `there is no branch ${runbook.source.main}`,
        remedy: 'Set source.main in the configuration.',
      };
    if (tip === undefined)
      return {
        outcome: 'fail',
        said: `there is no branch ${branch}`,
        remedy: 'release prepare, or push the branch.',
      };
    if (merged) return { outcome: 'pass', said: `${branch} is already in ${runbook.source.main}` };
    if (merge?.clean !== true)
      return {
        outcome: 'fail',
        said: `conflicts in ${merge?.conflicts.join(', ')}`,
        remedy: `Merge ${runbook.source.main} into ${branch} and resolve them.`,
      };
    return { outcome: 'pass', said: `${branch} @ ${tip.slice(0, 7)} merges cleanly` };
  },
});
