import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runbookSchema } from '../../../src/config/schema/index.ts';
import { buildCandidate, type Recipe, type Services, type StepContext } from '../../../src/kit.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { publishCandidate } from '../../../src/steps/git/publish-candidate.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

const runbook = runbookSchema.parse({
  service: 'shop',
  product: 'Shop',
  timezone: 'UTC',
  environments: { production: { url: 'https://shop.example.com' } },
});
const BRANCH = 'refs/heads/release/v2.2.0';
const TAG = 'refs/tags/v2.2.0-rc.1';

let place: TempOrigin;
let caches = 0;

/** Another machine each time: a cache of its own. */
const openGit = () => {
  caches += 1;
  return makeGit({
    shell: makeShell(),
    remote: place.origin,
    cacheFolder: join(place.folder, `cache-${caches}`),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
};

const recipeOf = (base: string): Recipe => ({
  version: 'v2.2.0',
  name: 'v2.2.0-rc.1',
  base,
  baseName: 'develop',
  since: null,
  join: null,
  bringBack: [],
  undone: [],
  at: '2026-11-24T15:00:00.000Z',
  day: '2026-12-08',
  trailers: { 'Release-Run': 'r-1' },
});

async function plan() {
  const git = openGit();
  await git.sync();
  const recipe = recipeOf(place.git('rev-parse', 'main'));
  const { commit, tag } = await buildCandidate(git, runbook.source, recipe);
  const input = { recipe, branchName: 'release/v2.2.0', tip: null, commit, tag };
  const push = () =>
    git.push([
      { ref: BRANCH, from: null, to: commit },
      { ref: TAG, from: null, to: tag },
    ]);
  return { input, push };
}

const context = { runbook } as StepContext;
const look = (input: Parameters<typeof publishCandidate.with>[0]) =>
  publishCandidate.inspect?.({ git: openGit() } as Pick<Services, 'git'>, input, context);

beforeEach(() => {
  place = makeTempOrigin();
});
afterEach(() => place.remove());

describe('a push whose answer was lost', () => {
  it('PRE-06: is absent before it, and done after it, seen from another machine', async () => {
    const { input, push } = await plan();
    expect(await look(input)).toEqual({ state: 'absent' });
    await push();
    expect(await look(input)).toEqual({ state: 'done', done: { commit: input.commit, tag: input.tag } });
  });

  it('PRE-06: is done although somebody has pushed on top of it', async () => {
    const { input, push } = await plan();
    await push();
    place.git('fetch', '--quiet', 'origin', 'release/v2.2.0');
    place.git('checkout', '--quiet', 'FETCH_HEAD');
    place.commit('more.txt', 'more');
    place.git('push', '--quiet', 'origin', 'HEAD:release/v2.2.0');
    expect(await look(input)).toMatchObject({ state: 'done' });
  });

  it('PRE-06: is for a person to see when the tag is there and not as it was planned', async () => {
    const { input } = await plan();
    place.git('tag', 'v2.2.0-rc.1');
    place.git('push', '--quiet', 'origin', 'v2.2.0-rc.1');
    expect(await look(input)).toMatchObject({ state: 'unclear' });
  });

  it('refuses to push another candidate than the plan has shown', async () => {
    const { input } = await plan();
    await expect(look({ ...input, commit: input.recipe.base })).rejects.toMatchObject({
      code: 'E_PLAN_STALE',
    });
  });
});
