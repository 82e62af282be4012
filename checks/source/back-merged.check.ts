import { plural } from '../../src/domain/plural.ts';
import { defineCheck } from '../../src/kit.ts';

/** Version, changelog and hotfixes of a release are lost to the next one unless main is merged back (E-37). */
export default defineCheck({
  id: 'source.back-merged',
  title: 'develop contains main',
  runbook: 'E-37',
  gates: ['preflight', 'drift'],
  releaseOnly: true,
  needs: ['git'],
  weight: 'advisory',
  probe: async ({ git }, { runbook }) => {
    const { main, develop } = runbook.source;
    const [mainTip, developTip] = [await git.branchTip(main), await git.branchTip(develop)];
    if (mainTip === undefined || developTip === undefined) return { lacks: undefined };
    if (await git.contains(developTip, mainTip)) return { lacks: 0 };
    return { lacks: (await git.commitsBetween(developTip, mainTip)).length };
  },
  judge: ({ lacks }, { runbook }) => {
    const { main, develop } = runbook.source;
    if (lacks === undefined) return { outcome: 'skip', said: `there is no ${main} or no ${develop}` };
    if (lacks === 0) return { outcome: 'pass', said: `${develop} contains ${main}` };
    return {
      outcome: 'warn',
      said: `${develop} lacks ${plural(lacks, 'commit')} of ${main}`,
      remedy: `Merge ${main} into ${develop}, where its version, changelog and hotfixes are missing: release prepare --back-merge`,
    };
  },
});
