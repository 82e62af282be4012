import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../support/run-bin.ts';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { freeze } from '../support/scenarios/freeze.ts';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readLedger, takePicture } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const TAKE_OVER = ['deploy', '--resume', '--takeover', '--reason', 'the laptop is asleep', ...IN_FULL];

let scenario: Scenario;
let before: Before;
/** Deployers who stand still, in the order in which they were stopped. */
const frozen: Running[] = [];
beforeAll(async () => {
  scenario = await openScenario();
  before = noteBefore(scenario);
});
afterAll(async () => {
  for (const one of frozen) one.kill('SIGKILL');
  await scenario?.close();
});

async function freezeAt(words: readonly string[], step: string): Promise<void> {
  const deploy = scenario.start(words);
  frozen.push(deploy);
  await deploy.said(new RegExp(`STEP ${step} start`));
  await freeze(deploy, scenario);
}

const takeovers = () => readLedger(scenario).filter(({ type }) => type === 'lock.takeover');

describe('a deploy whose deployers fall asleep one after the other', () => {
  it('F26, F27: is refused to the next one as long as nobody says that they take it over', async () => {
    await freezeAt(['deploy', 'v2.1.0', ...IN_FULL], 'backup');
    const { code, stderr } = await scenario.run(['deploy', '--resume', ...IN_FULL]);
    expect({ code, refused: stderr.includes('E_LOCKED') }).toEqual({ code: 5, refused: true });
    expect(stderr).toContain('--takeover');
    expect(takeovers()).toEqual([]);
  });

  it('is taken over with a reason, by one who falls asleep at the merge, and by one who does at the publish', async () => {
    await freezeAt(TAKE_OVER, 'merge-and-tag');
    const publish = holdPublish(scenario);
    const third = scenario.start(TAKE_OVER);
    frozen.push(third);
    await publish.accepted();
    await freeze(third, scenario);
    publish.letGo();
    expect(takeovers()).toMatchObject([
      { data: { reason: 'the laptop is asleep' } },
      { data: { reason: 'the laptop is asleep' } },
    ]);
  });

  it('is completed by the fourth, with every effect once', async () => {
    const { code, stderr } = await scenario.run(TAKE_OVER);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    await expectOnce(scenario, before);
  });

  it('F26–F28, F35: the three who wake up move nothing, write nothing and end with 5', async () => {
    const picture = await takePicture(scenario.world);
    const events = readLedger(scenario).length;
    for (const deployer of frozen) deployer.kill('SIGCONT');
    const ended = await Promise.all(frozen.map((deployer) => deployer.ended));
    expect(ended.map(({ code }) => code)).toEqual([5, 5, 5]);
    for (const { stderr, stdout } of ended)
      expect(`${stdout}${stderr}`).toContain('took rur2/production over');
    expect(await takePicture(scenario.world)).toEqual(picture);
    expect(readLedger(scenario)).toHaveLength(events);
    await expectOnce(scenario, before);
  });
});
