import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

/** Who commits. */
export const identity = { name: 'release', email: 'release@example.com' };
export const shell = makeShell();
/** When releases are made here. */
export const RELEASED_AT = '2026-11-24T15:00:00.000Z';

/** What each test finds: a remote with v2.0.3 and a release branch, a clone of it, and git over a cache that is up to date. */
interface Place {
  place: TempOrigin;
  git: GitPort;
  /** Tips of `main` and of `release/v2.1.0`. */
  main: string;
  branch: string;
}

const openIn = (place: TempOrigin, cache = 'cache'): GitPort =>
  makeGit({
    shell,
    remote: 'origin',
    cacheFolder: join(place.folder, cache),
    checkoutFolder: place.work,
    identity,
  });

const seedOrigin = (): TempOrigin => {
  const seed = makeTempOrigin();
  seed.git('tag', '-a', 'v2.0.3', '-m', 'Release v2.0.3');
  seed.git('tag', 'v2.1.0-rc.1');
  seed.git('checkout', '--quiet', '-b', 'release/v2.1.0');
  seed.commit('feature.txt', 'new', 'feat: export');
  seed.git('push', '--quiet', 'origin', 'release/v2.1.0', 'v2.0.3', 'v2.1.0-rc.1');
  return seed;
};

const orderOf = ({ main, branch }: Place) => ({
  version: 'v2.1.0' as const,
  main,
  branch,
  branchName: 'release/v2.1.0',
  at: RELEASED_AT,
  trailers: { 'Release-Run': 'r-1', 'Previous-Version': 'v2.0.3' },
});

/** Merged, tagged and pushed. */
async function release(at: Place) {
  const made = await at.git.makeRelease(orderOf(at));
  await at.git.push([
    { ref: 'refs/heads/main', from: at.main, to: made.commit },
    { ref: 'refs/tags/v2.1.0', from: null, to: made.tag },
  ]);
  await at.git.sync();
  return made;
}

/** Seeded once for a file; each of its tests works on a copy. */
export function seedPlace() {
  const at = {} as Place;
  let seed: TempOrigin;
  const tips = { main: '', branch: '' };
  beforeAll(() => {
    seed = seedOrigin();
    tips.main = seed.git('rev-parse', 'main');
    tips.branch = seed.git('rev-parse', 'release/v2.1.0');
  });
  beforeEach(async () => {
    const place = seed.copy();
    Object.assign(at, { place, ...tips, git: openIn(place) });
    await at.git.sync();
  });
  afterEach(() => at.place.remove());
  afterAll(() => seed.remove());
  return {
    at,
    openGit: (cache?: string): GitPort => openIn(at.place, cache),
    order: () => orderOf(at),
    release: () => release(at),
  };
}
