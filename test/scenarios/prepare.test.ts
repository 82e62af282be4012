import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { type Developer, openDeveloper } from '../support/scenarios/developer.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin, findMoved, readRefs } from '../support/scenarios/read-origin.ts';
import { readHealth, readMigrations } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const FEATURE = 'docs/changes/2.1.0-1.md';
const FIX = 'docs/changes/fix.md';

let scenario: Scenario;
let jo: Developer;
let prepared: Ended;
let moved: readonly string[];

const must = async (...words: readonly string[]): Promise<Ended> => {
  const ended = await scenario.run(words);
  expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended;
};

// v2.1.0 goes out and is taken back; then a fix lands on develop, as on any other day.
beforeAll(async () => {
  scenario = await openScenario();
  await must('deploy', 'v2.1.0', ...IN_FULL);
  await must('rollback', '--to', 'v2.0.3', ...IN_FULL);
  jo = openDeveloper(scenario);
  jo.git('switch', '--quiet', 'develop');
  jo.commit('fix(export): urgent reports do not wait', { [FIX]: () => 'Urgent reports do not wait.\n' });
  jo.git('push', '--quiet', 'origin', 'develop');
  const before = readRefs(scenario.world);
  prepared = await must('prepare', 'v2.1.1', '--yes', '--json');
  moved = findMoved(before, readRefs(scenario.world));
}, 240_000);
afterAll(() => scenario?.close());

describe('the version after a rollback, prepared', () => {
  it('PRE-01, PRE-06: pushes its branch and its candidate, and nothing else', () => {
    expect(moved).toEqual(['refs/heads/release/v2.1.1', 'refs/tags/v2.1.1-rc.1']);
    expect(JSON.parse(prepared.stdout)).toMatchObject({
      schema: 'release.prepare/1',
      exitCode: 0,
      result: { since: 'v2.0.3', tag: 'v2.1.1-rc.1', commits: { fixes: 1 } },
    });
  });

  it('E-31: passes over the restore commit of the rollback, and says so', () => {
    const restore = askOrigin(scenario.world, 'rev-parse', 'main').trim();
    expect(JSON.parse(prepared.stdout)).toMatchObject({ result: { notFollowed: [restore] } });
  });

  it('PRE-07: tells the channel', () => {
    const told = scenario.world.slack.messages().filter(({ channel }) => channel === 'releases');
    expect(JSON.stringify(told)).toContain('v2.1.1');
  });

  it('E-31: ships what was taken back and the fix', async () => {
    const { world } = scenario;
    await jo.test('v2.1.1');
    await must('deploy', 'v2.1.1', ...IN_FULL);
    expect(await readHealth(world)).toMatchObject({ version: '2.1.1', maintenance: false });
    expect(await readMigrations(world)).toHaveLength(6);
    for (const path of [FEATURE, FIX]) expect(askOrigin(world, 'show', `v2.1.1:${path}`)).not.toBe('');
  });

  it('PRE-01: is never prepared a second time', async () => {
    const { code, stderr } = await scenario.run(['prepare', 'v2.1.1', '--yes']);
    expect({ code, said: stderr.includes('E_TAG_TAKEN') }).toEqual({ code: 3, said: true });
  });
});
