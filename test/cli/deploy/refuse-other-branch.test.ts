import { describe, expect, it } from 'vitest';
import { startDeploy } from '../../../src/cli/deploy/start-deploy.ts';
import { endOf, gitAlone, makeCliWorld } from '../cli-world.ts';

const world = (branch: string | undefined) =>
  makeCliWorld({
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
    flags: { plan: true },
    runbook: gitAlone({
      environments: {
        production: {
          url: 'https://rur2.example',
          protected: true,
          ...(branch === undefined ? {} : { branch }),
        },
      },
    }),
  });

describe('a deploy to a protected environment that is not deployed from main', () => {
  it('is refused before anything is asked: it would merge and tag what nobody has tested there', async () => {
    const shop = world('release/{version}');
    const { code, next } = await endOf(startDeploy('v2.1.0', {}, shop.context, shop.wired));
    expect(code).toBe('E_DEPLOY_BRANCH');
    expect(next).toContain('Deploy it from main');
    expect(shop.asked).toEqual([]);
  });

  it.each([undefined, 'main'])('does not concern one of main (%s)', async (branch) => {
    const shop = world(branch);
    expect((await endOf(startDeploy('v2.1.0', {}, shop.context, shop.wired))).code).not.toBe(
      'E_DEPLOY_BRANCH',
    );
  });
});
