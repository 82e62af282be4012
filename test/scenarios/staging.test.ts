import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readRefs } from '../support/scenarios/read-origin.ts';

const THERE = ['--env', 'staging', '--yes'];
const CANDIDATE = ['deploy', 'v2.1.0-rc.1', ...THERE];

let scenario: Scenario;
let refs: ReturnType<typeof readRefs>;
beforeAll(async () => {
  scenario = await openScenario('file');
  refs = readRefs(scenario.world);
});
afterAll(() => scenario?.close());

const staged = async () => {
  const { stdout } = await scenario.run(['preflight', 'v2.1.0', '--only', 'app.staged', '--json']);
  return JSON.parse(stdout).result.checks[0];
};
const status = async () => (await scenario.run(['status', '--env', 'staging'])).stdout.replace(/\s+/g, ' ');

describe('PRE-15: a candidate whose tests on staging prove nothing', () => {
  it('stands still behind maintenance with 7, and says HOLD and the ways on', async () => {
    // Two samples prove no P95: the gate cannot be established.
    const config = scenario.configWith('few.yaml', ({ smoke }) => {
      smoke.p95 = 'here';
    });
    const { code, stderr, stdout } = await scenario.run([...CANDIDATE, '--config', config]);
    expect({ code, stderr: code === 7 ? '' : stderr }).toEqual({ code: 7, stderr: '' });
    expect(stderr).toMatch(/GATE smoke HOLD/);
    expect(stdout).toMatch(/MAINTENANCE IS ON[\s\S]*release deploy --resume --env staging/);
    expect(await staged()).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('did not come to'),
    });
  });

  it('is gone on with once they can prove it, and publishes nothing twice', async () => {
    const { world } = scenario;
    const { code, stderr } = await scenario.run(['deploy', '--resume', '--accept-config', ...THERE]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stderr).toMatch(/STEP publish done earlier/);
    expect(await staged()).toMatchObject({ outcome: 'pass' });
    expect(await status()).toMatch(/staging +v2\.1\.0-rc\.1 +live/);
    expect(readRefs(world)).toEqual(refs);
  });
});

describe('PRE-15: a candidate whose deploy to staging is killed', () => {
  it('is taken back first, which opens no incident, no task and no watch', async () => {
    const { code, stderr } = await scenario.run(['rollback', '--to', 'previous', ...THERE]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect((await scenario.run(['tick', '--env', 'staging'])).code).toBe(0);
    const said = await status();
    expect(said).toContain('v2.1.0-rc.1 was taken back');
    expect(said).not.toMatch(/INCIDENT|CONFIRMED|tasks after|release watch/);
    const watch = await scenario.run(['watch', '--env', 'staging', '--for', '5s']);
    expect([watch.code, watch.stderr]).toEqual([2, expect.stringContaining('E_NO_USERS')]);
  });

  it('is killed while the platform has its order, and production waits for it', async () => {
    const publish = holdPublish(scenario);
    const deploy = scenario.start(CANDIDATE);
    await publish.accepted();
    deploy.kill('SIGKILL');
    expect((await deploy.ended).code).toBeNull();
    publish.letGo();
    expect(await staged()).toMatchObject({ outcome: 'fail' });
    expect(await status()).toMatch(/was interrupted.*release deploy --resume --env staging/);
  });

  it('is gone on with: neither migrated nor published again, tested, and believed by production', async () => {
    const { code, stderr } = await scenario.run(['deploy', '--resume', ...THERE]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stderr).toMatch(/STEP migrate:0043_export_queue done earlier/);
    expect(stderr).toMatch(/STEP publish done .*already done/);
    expect(await staged()).toMatchObject({ outcome: 'pass' });
    expect(readRefs(scenario.world)).toEqual(refs);
  });
});
