import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { readByHand, typeLine } from '../support/scenarios/by-hand.ts';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { countSteps } from '../support/scenarios/list-steps.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin, readRefs } from '../support/scenarios/read-origin.ts';
import {
  askDatabase,
  readHealth,
  readLedger,
  readMigrations,
  takePicture,
} from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const MIGRATION = 'migrate:0042_add_due_date';

let scenario: Scenario;
let before: Before;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.close());

/** The step that the ledger's last word is about, and what it says of it. */
const lastWord = () => {
  const { type, step } = readLedger(scenario).at(-1) ?? {};
  return { type, step };
};

describe('a deploy that is killed after its migrations, and is not gone on with', () => {
  it('leaves the newer schema behind the earlier version, and users locked out', async () => {
    const { world } = scenario;
    const deploy = scenario.start(['deploy', 'v2.1.0', ...IN_FULL]);
    await deploy.said(/STEP integrity-after-migration start/);
    deploy.kill('SIGKILL');
    await deploy.ended;
    expect(await readMigrations(world)).toHaveLength(6);
    expect(await readHealth(world)).toMatchObject({ version: '2.0.3', maintenance: true });
  });

  it('E-84: is taken back by a rollback, schema and all; main, which was never touched, stays so', async () => {
    const { world } = scenario;
    const refs = readRefs(world);
    const { code, stderr } = await scenario.run(['rollback', '--to', 'v2.0.3', ...IN_FULL]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(await readMigrations(world)).toHaveLength(4);
    expect(readRefs(world)).toEqual(refs);
    expect(await readHealth(world)).toMatchObject({ version: '2.0.3', maintenance: false });
  });

  it('is over: status shows nothing to go on with, and the history says what came of it', async () => {
    const status = await scenario.run(['status']);
    expect(status.stdout).not.toContain('--resume');
    const { stdout } = await scenario.run(['history']);
    expect(stdout).toMatch(/\tdeploy\tabandoned\t.*\tcut off; rollback v2\.0\.3 came after it\t/);
    expect(stdout.trim().split('\n')).toHaveLength(2);
  });
});

describe('the same release, killed while it waits for a lock of the database', () => {
  it('leaves the promise of the migration behind, and no word of its end', async () => {
    const { world } = scenario;
    before = noteBefore(scenario);
    await world.troubles.start('migration');
    const deploy = scenario.start(['deploy', 'v2.1.0', ...IN_FULL]);
    await deploy.said(new RegExp(`… ${MIGRATION}`));
    deploy.kill('SIGKILL');
    expect((await deploy.ended).code).toBeNull();
    expect(lastWord()).toEqual({ type: 'step.intent', step: MIGRATION });
    expect(await readMigrations(world)).toHaveLength(4);
  });

  it('is shown by status with the ways on', async () => {
    const { code, stdout } = await scenario.run(['status']);
    expect(code).toBe(0);
    expect(stdout).toContain('release deploy --resume');
    expect(stdout).toContain('release rollback --to v2.0.3');
    expect(stdout).toContain('release deploy --abandon');
    expect(stdout).toContain('MAINTENANCE IS ON');
  });

  it('keeps any other deploy out with 5 and says how to go on', async () => {
    const picture = await takePicture(scenario.world);
    const { code, stderr, stdout } = await scenario.run(['deploy', 'v2.1.0', ...IN_FULL, '--json']);
    expect(code).toBe(5);
    expect(stderr).toContain('E_RUN_OPEN');
    expect(stderr).toContain('release deploy --env production --resume');
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 5, error: { code: 'E_RUN_OPEN' } });
    expect(await takePicture(scenario.world)).toEqual(picture);
  });
});

describe('that deploy, resumed and killed twice more about its publish', () => {
  it('goes on with the migration, and is killed before the answer of the platform is recorded', async () => {
    const { world } = scenario;
    await world.troubles.end('migration');
    const publish = holdPublish(scenario);
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL]);
    await publish.accepted();
    deploy.kill('SIGKILL');
    await deploy.ended;
    publish.letGo();
    expect(lastWord()).toEqual({ type: 'step.intent', step: 'publish' });
    expect(await readMigrations(world)).toHaveLength(6);
  });

  it('finds the publish done without asking for it again, and is killed once that is recorded', async () => {
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL]);
    await deploy.said(/STEP publish done/);
    deploy.kill('SIGKILL');
    expect((await deploy.ended).code).toBeNull();
    const words = readLedger(scenario)
      .slice(before.events)
      .filter(({ step }) => step === 'publish');
    expect(words).toMatchObject([{ type: 'step.intent' }, { type: 'step.done', data: { how: 'inspected' } }]);
  });

  it('completes, and every effect stands in the world exactly once', async () => {
    const { code, stderr, stdout } = await scenario.run(['deploy', '--resume', ...IN_FULL, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, verdict: 'completed' });
    await expectOnce(scenario, before);
    expect(countSteps(scenario, before.events).publish).toEqual({ begun: 1, done: 1 });
  });

  it('has nothing left to resume', async () => {
    const { code, stderr } = await scenario.run(['deploy', '--resume', ...IN_FULL]);
    expect(stderr).toContain('E_NOTHING_TO_RESUME');
    expect(code).toBe(2);
  });

  it('is one run in the history', async () => {
    const { code, stdout } = await scenario.run(['history']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(3);
    expect(stdout.trim().split('\n').at(-1)).toContain('\tdeploy\tcompleted\t');
  });
});

/** What answers nothing but an error while it is among these. */
const broken = new Set<'slack' | 'neon'>();

/** Matches calls only while the service is broken. */
const whileBroken = (service: 'slack' | 'neon', path: RegExp): RegExp =>
  Object.assign(new RegExp(path), {
    test: (text: string) => broken.has(service) && path.exec(text) !== null,
  });

const rollBack = (...words: readonly string[]): Promise<Ended> =>
  scenario.run(['rollback', ...words, ...IN_FULL, '--json']);
const told = ({ stdout }: Ended) => JSON.parse(stdout);

/** They answer again once they are not among the broken. */
function breakServices(): void {
  const { slack, neon } = scenario.world;
  slack.addFault({ path: whileBroken('slack', /./), times: 1e6, answer: { status: 503, text: 'down' } });
  const locked = { status: 423, json: { code: '', message: 'project already has running operations' } };
  neon.addFault({ method: 'POST', path: whileBroken('neon', /\/restore$/), times: 1e6, answer: locked });
}

// The release that came above goes back.
describe('a rollback script that fails, while Slack is down', () => {
  let ended: Ended;
  beforeAll(async () => {
    breakServices();
    broken.add('slack');
    await askDatabase(scenario.world, 'create view due_soon as select id, due_date from assessments');
    ended = await rollBack('--to', 'v2.0.3');
  });

  it('RBX-4B1: ends with 7: the earlier version answers, users are out, and the schema is between', async () => {
    expect(ended.code).toBe(7);
    expect(told(ended)).toMatchObject({
      verdict: 'unsafe',
      result: { error: { code: 'E_MIGRATION_FAILED' } },
    });
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
    expect(await readMigrations(scenario.world)).toHaveLength(5);
  });

  it('names what is left, in the order in which it is to be done', () => {
    expect(readByHand(ended.stdout).map(({ says }) => says)).toEqual([
      'take the migration 0042_add_due_date back',
      'let users in again, once the application is good',
      'start background jobs again',
    ]);
  });

  it('meets the same when it is gone on with too early', async () => {
    const { code } = await rollBack('--resume');
    expect(code).toBe(7);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
  });

  it('finds the migration taken back by hand, and ends verified although nobody can be told', async () => {
    const [line] = readByHand(ended.stdout);
    await expect(typeLine(scenario, line)).rejects.toThrow('due_soon');
    await askDatabase(scenario.world, 'drop view due_soon');
    await typeLine(scenario, line);
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    const end = await rollBack('--resume');
    expect({ code: end.code, stderr: end.code === 0 ? '' : end.stderr }).toEqual({ code: 0, stderr: '' });
    expect(end.stderr).toContain('Slack #incidents was not reached');
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    broken.delete('slack');
  });
});

describe('a restore while Neon is busy with something else (423)', () => {
  let ended: Ended;
  beforeAll(async () => {
    await scenario.world.prepareBadRelease();
    const { code, stderr } = await scenario.run(['deploy', 'v2.2.0', ...IN_FULL]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    broken.add('neon');
    ended = await rollBack('--to', 'v2.0.3', '--db', 'restore', '--accept-data-loss');
  }, 240_000);

  it('RBX-4A1: ends with 7, nothing restored, users out, and the restore by hand', async () => {
    expect(ended.code).toBe(7);
    expect(told(ended).result.error).toMatchObject({ code: 'E_NEON_BUSY' });
    expect(scenario.world.neon.restores()).toEqual([]);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
    expect(readByHand(ended.stdout)[0]?.says).toMatch(
      /^restore the database to 0\/[0-9A-F]+; its present state/,
    );
  });

  it('E-48: finds what was restored by hand, restores no second time, and ends verified', async () => {
    const [line] = readByHand(ended.stdout);
    await expect(typeLine(scenario, line)).rejects.toThrow();
    broken.delete('neon');
    await typeLine(scenario, line);
    const end = await rollBack('--resume');
    expect({ code: end.code, stderr: end.code === 0 ? '' : end.stderr }).toEqual({ code: 0, stderr: '' });
    expect(scenario.world.neon.restores()).toHaveLength(1);
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(askOrigin(scenario.world, 'diff', '--stat', 'v2.0.3', 'main')).toBe('');
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
