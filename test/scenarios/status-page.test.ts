import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readHealth } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];

let scenario: Scenario;

const must = async (...words: readonly string[]): Promise<Ended> => {
  const ended = await scenario.run([...words, ...IN_FULL]);
  expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended;
};

/** The words of each incident, oldest first; the newest incident stands first. */
const words = (): readonly string[] =>
  scenario.world.statuspage.incidents().map(({ incident_updates: updates }) =>
    updates
      .map(({ status }) => status)
      .reverse()
      .join(', '),
  );

beforeAll(async () => {
  scenario = await openScenario('file');
  await must('deploy', 'v2.1.0');
  await scenario.world.prepareBadRelease();
  await must('deploy', 'v2.2.0');
}, 240_000);
afterAll(() => scenario?.close());

describe('a rollback that is killed between the words of the status page', () => {
  it('has told customers once, while they are kept out', async () => {
    const rollback = scenario.start(['rollback', '--to', 'v2.1.0', ...IN_FULL]);
    await rollback.said(/STEP publish start/);
    rollback.kill('SIGKILL');
    await rollback.ended;
    expect(words()).toEqual(['identified']);
    expect(scenario.world.statuspage.components()).toMatchObject([{ status: 'major_outage' }]);
  });

  it('cannot be called resolved by anybody', async () => {
    const { code, stderr } = await scenario.run(['status-page', '--resolve', ...IN_FULL]);
    expect({ code, said: stderr.includes('rollback v2.1.0 is not over') }).toEqual({ code: 3, said: true });
    expect(words()).toEqual(['identified']);
  });

  it('RBX-7.2: goes on in the same incident, and its words only go forward', async () => {
    await must('rollback', '--resume');
    expect(words()).toEqual(['identified, monitoring']);
    expect(scenario.world.statuspage.components()).toMatchObject([{ status: 'degraded_performance' }]);
  });
});

describe('a rollback whose status page answers nobody', () => {
  let ended: Ended;
  beforeAll(async () => {
    scenario.world.statuspage.addFault({ path: /./, times: 1e6, answer: 'hang' });
    ended = await must('rollback', '--to', 'v2.0.3');
  }, 120_000);

  it('E-89: goes back all the same, and says what customers were not told', async () => {
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(ended.stderr).toContain(
      'The status page has not answered for 3 s; nobody waits for it any longer.',
    );
    expect(scenario.world.slack.asText()).toContain(
      'NOT told ("Status page: monitoring" did not go through)',
    );
    expect(words()).toEqual(['identified, monitoring']);
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
