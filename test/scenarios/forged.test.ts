import { renameSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readRefs } from '../support/scenarios/read-origin.ts';
import { readHealth, readLedger, readMigrations, takePicture } from '../support/scenarios/read-world.ts';
import { openStranger } from '../support/scenarios/stranger.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const RESUME = ['deploy', '--resume', ...IN_FULL];
const MIGRATION = 'migrate:0042_add_due_date';

let scenario: Scenario;
let stranger: ReturnType<typeof openStranger>;
beforeAll(async () => {
  scenario = await openScenario();
  // The proof that fails below waits so long.
  const config = scenario.configWith('brief.yaml', ({ environments }) => {
    environments.production.host.proof.deadlineSeconds = 8;
  });
  renameSync(config, scenario.world.config);
  stranger = openStranger(scenario);
});
afterAll(() => scenario?.close());

const namesOfPlan = (): readonly string[] => {
  const planned = readLedger(scenario).findLast(({ type }) => type === 'run.planned');
  return planned?.type === 'run.planned' ? planned.data.plan.entries.map(({ name }) => name) : [];
};

async function killAt(step: string, words: readonly string[]): Promise<void> {
  const deploy = scenario.start(words);
  await deploy.said(new RegExp(`STEP ${step} start`));
  deploy.kill('SIGKILL');
  await deploy.ended;
}

describe('T37: a stranger who pushes to the ledger of a deploy that was killed', () => {
  it('T37: claims the migration; the resume says so with exit 7, and does nothing on top of it', async () => {
    await killAt('baseline', ['deploy', 'v2.1.0', ...IN_FULL]);
    stranger.claim(MIGRATION);
    expect((await scenario.run(['ledger', 'verify'])).code).toBe(0);
    const picture = await takePicture(scenario.world);
    const { code, stdout, stderr } = await scenario.run([...RESUME, '--json']);
    expect({ code, stderr }).toMatchObject({ code: 7 });
    expect(JSON.parse(stdout)).toMatchObject({
      result: { at: MIGRATION, error: { code: 'E_NOT_AS_RECORDED', state: 'unclear' } },
    });
    expect(await takePicture(scenario.world)).toEqual(picture);
    expect(await readMigrations(scenario.world)).toHaveLength(4);
  });

  it('T37: is told apart for people: what is wrong, who to look for, and each way on', async () => {
    const { code, stdout } = await scenario.run(RESUME);
    expect(code).toBe(7);
    const plain = stdout.replace(/\s+/g, ' ');
    expect(plain).toContain('and the world does not show it');
    expect(plain).toContain('release rollback --to v2.0.3');
    expect(plain).toContain('--vouch');
  });

  it('T37: keeps no rollback from its way, and no deploy after it', async () => {
    const back = await scenario.run(['rollback', '--to', 'v2.0.3', ...IN_FULL]);
    expect({ code: back.code, stderr: back.code === 0 ? '' : back.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    await killAt('publish', ['deploy', 'v2.1.0', ...IN_FULL]);
    expect(await readMigrations(scenario.world)).toHaveLength(6);
  });

  it('T37: claims everything from the publish to the open door; nobody is let in on the old version', async () => {
    const names = namesOfPlan();
    stranger.claim(...names.slice(names.indexOf('publish')));
    const { code, stderr } = await scenario.run(RESUME);
    expect({ code, said: stderr.includes('FAIL prove-live') }).toEqual({ code: 7, said: true });
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
  });

  it('T37: is no obstacle to the next resume, which publishes, proves, tests and opens in truth', async () => {
    const refs = readRefs(scenario.world);
    const { code, stderr } = await scenario.run(RESUME);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    for (const step of ['publish', 'prove-live', 'smoke', 'maintenance-off'])
      expect(stderr).toMatch(new RegExp(`STEP ${step} done \\d`));
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.1.0', maintenance: false });
    expect(readRefs(scenario.world)).toEqual(refs);
  });
});
