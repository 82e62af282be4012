import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended, Running } from '../support/run-bin.ts';
import { type Developer, openDeveloper } from '../support/scenarios/developer.ts';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { freeze } from '../support/scenarios/freeze.ts';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin } from '../support/scenarios/read-origin.ts';
import { readHealth, readLedger, readMigrations, takePicture } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const TAKE_OVER = ['deploy', '--resume', '--takeover', '--reason', 'the laptop is asleep', ...IN_FULL];
const FEATURE = 'docs/changes/2.2.0-1.md';
const HOTFIX = 'docs/changes/hotfix.md';

let scenario: Scenario;
let before: Before;
/** Deployers who stand still, in the order in which they were stopped. */
const frozen: Running[] = [];
let jo: Developer;
let hotfix: string;

const must = async (...words: readonly string[]): Promise<Ended> => {
  const ended = await scenario.run([...words, ...IN_FULL]);
  expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended;
};
const plain = (text: string): string => text.replace(/\s+/g, ' ');

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

// The release that came above, and the next one: both go back.
describe('a rollback over two releases, with a fix on main that no release has', () => {
  beforeAll(async () => {
    await scenario.world.prepareBadRelease();
    await must('deploy', 'v2.2.0');
    jo = openDeveloper(scenario);
    hotfix = jo.commit('Fix the login of invited users', { [HOTFIX]: () => 'Invited users can log in.\n' });
    jo.git('push', '--quiet', 'origin', 'main');
  }, 240_000);

  it('E-32: names the fix in its plan, with its author, before anything is done', async () => {
    const { code, stdout } = await scenario.run(['rollback', '--to', 'v2.0.3', '--plan']);
    expect(code).toBe(0);
    const said = `${hotfix.slice(0, 7)} "Fix the login of invited users" by Jo Example`;
    expect(plain(stdout)).toContain('TAKES AWAY');
    expect(plain(stdout)).toContain(said);
  });

  it('E-88: takes back the migrations of both, newest first, by scripts that the older tree does not have', async () => {
    const { stdout, stderr } = await must('rollback', '--to', 'v2.0.3');
    const reverted = [...stderr.matchAll(/STEP revert:(\S+) done/g)].map(([, tag]) => tag);
    expect(reverted).toEqual(['0044_webhook_retries', '0043_export_queue', '0042_add_due_date']);
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(plain(stdout)).toContain('back with the revert, or alone by cherry-pick');
    expect(stdout).toMatch(/git revert --no-edit [0-9a-f]{10}\n/);
  });

  it('E-30, E-32: leaves the fix in the history of main, and names it in the restore commit', () => {
    const { world } = scenario;
    expect(askOrigin(world, 'diff', '--stat', 'v2.0.3', 'main')).toBe('');
    expect(askOrigin(world, 'branch', '--contains', hotfix)).toContain('main');
    expect(askOrigin(world, 'log', '-1', '--format=%B', 'main')).toContain(hotfix.slice(0, 7));
  });
});

/** The fix and what a release needs beside it. */
const repair = () =>
  jo.commit('Payments: a delivery that fails is tried once', {
    'app/behaviour.json': () => '{ "faults": [], "slow": [] }\n',
    'package.json': (text) => text.replace('2.2.0', '2.2.1'),
    'package-lock.json': (text) => text.replaceAll('"version": "2.2.0"', '"version": "2.2.1"'),
    'CHANGELOG.md': (text) =>
      text.replace('\n## ', '\n## [2.2.1] - 2025-10-14\n\n### Fixes\n- Payments: tried once\n\n## '),
  });

describe('the fixed version after it', () => {
  let fix: string;

  it('E-31: is NO-GO on a branch of the release that was taken back, with the line that mends it', async () => {
    jo.git('switch', '--quiet', '-c', 'release/v2.2.1', 'v2.2.0');
    fix = repair();
    await jo.offer('v2.2.1', 1);
    const { code, stdout, stderr } = await scenario.run(['deploy', 'v2.2.1', ...IN_FULL]);
    expect(code).toBe(3);
    const restore = askOrigin(scenario.world, 'rev-parse', 'main').slice(0, 10);
    expect(plain(stdout + stderr)).toContain('main was restored to v2.0.3');
    expect(plain(stdout + stderr)).toContain(`git revert --no-edit ${restore}`);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3' });
  });

  it('E-31: ships what was taken back, the fix and the hotfix, once the line was followed', async () => {
    const { world } = scenario;
    jo.git('fetch', '--quiet', 'origin');
    jo.git('switch', '--quiet', '-C', 'release/v2.2.1', 'origin/main');
    jo.git('revert', '--no-edit', 'origin/main');
    jo.git('cherry-pick', fix);
    await jo.offer('v2.2.1', 2);
    await must('deploy', 'v2.2.1');
    const live = world.platform.live();
    expect(live).toMatchObject({
      version: '2.2.1',
      commit: askOrigin(world, 'rev-parse', 'v2.2.1^{commit}'),
    });
    for (const path of [FEATURE, HOTFIX])
      expect(askOrigin(world, 'show', `${live?.commit}:${path}`)).not.toBe('');
    expect(askOrigin(world, 'show', `${live?.commit}:app/behaviour.json`)).toContain('"faults": []');
    expect(await readMigrations(world)).toHaveLength(7);
  });
});

/** What the status page has told customers of each incident, in its order; the newest incident stands first. */
const told = (): readonly string[] =>
  scenario.world.statuspage.incidents().map(({ incident_updates: updates }) =>
    updates
      .map(({ status }) => status)
      .reverse()
      .join(', '),
  );
const EARLIER = 'identified, monitoring';

describe('a rollback that is killed between the words of the status page', () => {
  it('has told customers once, while they are kept out', async () => {
    expect(told()).toEqual([EARLIER]);
    const rollback = scenario.start(['rollback', '--to', 'previous', ...IN_FULL]);
    await rollback.said(/STEP publish start/);
    rollback.kill('SIGKILL');
    await rollback.ended;
    expect(told()).toEqual(['identified', EARLIER]);
    expect(scenario.world.statuspage.components()).toMatchObject([{ status: 'major_outage' }]);
  });

  it('cannot be called resolved by anybody', async () => {
    const { code, stderr } = await scenario.run(['status-page', '--resolve', ...IN_FULL]);
    expect({ code, said: stderr.includes('rollback v2.1.0 is not over') }).toEqual({ code: 3, said: true });
    expect(told()).toEqual(['identified', EARLIER]);
  });

  it('RBX-7.2: goes on in the same incident, and its words only go forward', async () => {
    await must('rollback', '--resume');
    expect(told()).toEqual(['identified, monitoring', EARLIER]);
    expect(scenario.world.statuspage.components()).toMatchObject([{ status: 'degraded_performance' }]);
  });

  it('has gone back to the newest version that is not known to be bad, and its own schema', async () => {
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.1.0', maintenance: false });
    expect(await readMigrations(scenario.world)).toHaveLength(6);
  });
});

describe('a second rollback in a row, whose status page answers nobody', () => {
  let ended: Ended;
  beforeAll(async () => {
    scenario.world.statuspage.addFault({ path: /./, times: 1e6, answer: 'hang' });
    ended = await must('rollback', '--to', 'v2.0.3');
  }, 120_000);

  it('E-88: goes to the version before, by the scripts of one that is not on main any more', async () => {
    const { world } = scenario;
    expect(await readHealth(world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await readMigrations(world)).toHaveLength(4);
    expect(askOrigin(world, 'diff', '--stat', 'v2.0.3', 'main')).toBe('');
    expect((await scenario.run(['status'])).stdout).not.toContain('--resume');
  });

  it('E-89: says what customers were not told', () => {
    expect(ended.stderr).toContain(
      'The status page has not answered for 3 s; nobody waits for it any longer.',
    );
    expect(scenario.world.slack.asText()).toContain(
      'NOT told ("Status page: monitoring" did not go through)',
    );
    expect(told()).toEqual(['identified, monitoring', EARLIER]);
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
