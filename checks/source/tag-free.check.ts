import { defineCheck, ReleaseError } from '../../src/kit.ts';

/** A tag of this name must not exist, or its version must be live; it is never moved and never used twice (E-36, T41). */
export default defineCheck({
  id: 'source.tag-free',
  title: 'Tag of the version is free',
  runbook: ['DAY-19', 'PRE-01'],
  gates: ['preflight'],
  releaseOnly: true,
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
    return { version: release.version, tag, live: release.from };
  },
  judge: ({ version, tag, live }) => {
    if (tag === undefined) return { outcome: 'pass', said: `${version} is free` };
    const at = tag.commit.slice(0, 7);
    if (live === version) return { outcome: 'pass', said: `${version} stands at ${at} and is live` };
    return {
      outcome: 'fail',
      said: `${version} already points at ${at}, and ${live || 'another version'} is live`,
      remedy: 'Go on with its run (release status), or release the next version: none is released twice.',
    };
  },
});
