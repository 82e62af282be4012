import { defineCheck, ReleaseError } from '../../src/kit.ts';

/** A tag of this name must not exist, or must already mean this release; it is never moved (E-36, T41). */
export default defineCheck({
  id: 'source.tag-free',
  title: 'Tag of the version is free',
  runbook: ['DAY-19', 'PRE-01'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ release }) => (release ? undefined : 'no version was named'),
  probe: async ({ git }, { release }) => {
    if (release === undefined)
      throw new ReleaseError('E_VERSION_MISSING', {
        what: 'No version was named.',
        next: 'Name one.',
        state: 'untouched',
      });
    const tag = await git.tag(release.version as `v${string}`);
    const tip = await git.branchTip(release.branch);
    const holdsTip = tag && tip ? await git.contains(tag.commit, tip) : false;
    return { version: release.version, tag, holdsTip };
  },
  judge: ({ version, tag, holdsTip }) => {
    if (tag === undefined) return { outcome: 'pass', said: `${version} is free` };
    if (holdsTip)
      return {
        outcome: 'pass',
        said: `${version} already stands at this release (${tag.commit.slice(0, 7)})`,
      };
    return {
      outcome: 'fail',
      said: `${version} already points at ${tag.commit.slice(0, 7)}, which is another commit`,
      remedy: 'Release the next version; a published tag is never moved.',
    };
  },
});
