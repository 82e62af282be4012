import { describe, expect, it } from 'vitest';
import { startDeploy } from '../../../src/cli/deploy/start-deploy.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const tip = 'b'.repeat(40);
const candidate = { ...tagOf('v2.1.0-rc.1'), commit: tip };
const environments = (staging: object = {}) => ({
  production: { url: 'https://rur2.example', protected: true, identity: 'production' },
  staging: { url: 'https://staging.example', branch: 'release/{version}', ...staging },
});

/** Staging, with git alone unless a test says more. */
function world(over: WantedWorld & { readonly staging?: object } = {}) {
  const runbook = gitAlone({ environments: environments(over.staging) });
  const shop = makeCliWorld({
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': tip },
    tags: [candidate, tagOf('v2.0.3')],
    flags: { yes: true, envIsTyped: true },
    checks: [answering('a.good', 'pass')],
    ...over,
    runbook,
  });
  const environment = runbook.environments.staging;
  if (environment === undefined) throw new Error('the test has no staging');
  const wired = { ...shop.wired, env: 'staging', environment, scope: 'rur2/production' };
  const deploy = (typed: string) => endOf(startDeploy(typed, {}, shop.context, wired));
  return { ...shop, deploy };
}

const PUSHES = ['git.push', 'git.makeRelease', 'git.makeRestore', 'git.tryPush'];

describe('a candidate on its way to staging', () => {
  it.each(['v2.1.0-rc.1', 'v2.1.0'])(
    'PRE-15: %s is tried as the commit of the candidate, and nothing is merged, tagged or pushed',
    async (typed) => {
      const shop = world();
      const { result } = await shop.deploy(typed);
      expect(result).toMatchObject({ verdict: 'completed', version: 'v2.1.0-rc.1' });
      expect(shop.asked.filter((call) => PUSHES.includes(call))).toEqual([]);
      const [planned] = shop.entriesOf('run.planned');
      const plan = (planned?.data as { plan: Plan } | undefined)?.plan;
      expect(plan).toMatchObject({ env: 'staging', version: 'v2.1.0-rc.1', basis: { commit: tip } });
      expect(plan?.entries.map(({ name }) => name)).toEqual(['candidate']);
    },
  );

  it('is refused by its gate before anything is begun', async () => {
    const shop = world({ checks: [answering('a.bad', 'fail')] });
    expect((await shop.deploy('v2.1.0-rc.1')).result).toMatchObject({ verdict: 'no-go' });
    expect(shop.entriesOf('run.planned')).toEqual([]);
  });

  it.each([
    [
      'a candidate that was never tagged',
      'v2.1.0-rc.9',
      {},
      'E_VERSION_UNKNOWN',
      'Candidates of v2.1.0: v2.1.0-rc.1',
    ],
    [
      'a tip that nobody tagged',
      'v2.1.0',
      { branches: { main: tip, 'release/v2.1.0': 'f'.repeat(40) } },
      'E_CANDIDATE_UNKNOWN',
      'release prepare v2.1.0',
    ],
    ['a version that nobody prepared', 'v9.9.9', {}, 'E_VERSION_UNKNOWN', ''],
  ] as const)('refuses %s', async (_, typed, over, code, said) => {
    const shop = world(over);
    const { code: found, next } = await shop.deploy(typed);
    expect([found, next]).toEqual([code, expect.stringContaining(said)]);
    expect(shop.entriesOf('run.planned')).toEqual([]);
  });

  it('T31: refuses an address at which production answers', async () => {
    const live = async () => ({ version: '2.0.3', latencyMs: 1, environment: 'production' });
    const shop = world({ live, configured: ['git', 'host'] });
    expect(await shop.deploy('v2.1.0-rc.1')).toMatchObject({ code: 'E_ENV_MIXED_UP' });
    expect(shop.entriesOf('run.planned')).toEqual([]);
  });

  it.each([
    ['main', {}],
    ['develop', { branch: 'develop' }],
    ['a release branch that went on', { branch: 'release/{version}' }],
  ])('E-35: refuses a platform that would publish %s by itself', async (_, staging) => {
    const shop = world({
      staging: { branch: undefined, host: { strategy: 'push' }, ...staging },
      branches: { main: 'a'.repeat(40), develop: 'd'.repeat(40), 'release/v2.1.0': 'f'.repeat(40) },
    });
    expect(await shop.deploy('v2.1.0-rc.1')).toMatchObject({ code: 'E_DEPLOY_BRANCH' });
    expect(shop.asked).not.toContain('git.push');
  });
});
