import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { countSteps } from '../support/scenarios/list-steps.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin, findMoved, readRefs } from '../support/scenarios/read-origin.ts';
import { askDatabase, readHealth, readLedger, readMigrations } from '../support/scenarios/read-world.ts';
import { startInTerminal, type Terminal } from '../support/start-in-terminal.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const MIGRATION = 'migrate:0042_add_due_date';

let scenario: Scenario;
let before: Before;
/** The run, and its steps in their order. */
let run: string;
let names: readonly string[];
beforeAll(async () => {
  scenario = await openScenario();
  before = noteBefore(scenario);
});
afterAll(() => scenario?.close());

const recorded = (step: string): string[] =>
  readLedger(scenario)
    .filter((event) => event.step === step)
    .map(({ type }) => type);

async function step(...words: readonly string[]) {
  const { code, stdout, stderr } = await scenario.run(['step', ...words, ...IN_FULL, '--json']);
  const said = JSON.parse(stdout) as { run: string; verdict: string; result: { next: string | null } };
  return { code, said, stderr: code === 0 ? '' : stderr };
}

// One world and one release: each part goes on with what the one before has left.
describe('a deploy whose steps another program drives', () => {
  it('begins with nothing done', async () => {
    const begun = await step('begin', 'v2.1.0');
    expect({ code: begun.code, stderr: begun.stderr }).toEqual({ code: 0, stderr: '' });
    run = begun.said.run;
    const { result } = (await step('list')).said as unknown as { result: { steps: { name: string }[] } };
    names = result.steps.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(scenario.world.platform.publishes()).toHaveLength(before.publishes);
  });

  it('refuses a step that is not the next one with 2', async () => {
    expect((await step('run', run, 'publish')).code).toBe(2);
  });

  it('is carried out one process a step, and may be left to a resume at any time', async () => {
    for (const name of names.slice(0, 3)) {
      const { code, said, stderr } = await step('run', run, name);
      expect({ name, code, stderr, verdict: said.verdict }).toEqual({
        name,
        code: 0,
        stderr: '',
        verdict: 'reached',
      });
    }
  });
});

/** The deploy at a terminal, agreed to, with its migration waiting for a lock that another session holds. */
async function resumeUntilMigration(): Promise<Terminal> {
  await scenario.world.troubles.start('migration');
  const words = ['deploy', '--resume', '--config', scenario.world.config, '--env', 'production'];
  const terminal = startInTerminal(words, scenario.folder);
  await terminal.shows(/Type the environment name to go on:/);
  terminal.type('production');
  await terminal.shows(/Migrate the database: 0042_add_due_date/);
  await expect.poll(() => recorded(MIGRATION).at(-1), { timeout: 60_000 }).toBe('step.intent');
  return terminal;
}

describe('that release, interrupted again and again', () => {
  it('finishes the step on the first Ctrl-C, ends with 130 and says how to go on', async () => {
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL]);
    await deploy.said(/STEP backup start/);
    deploy.kill('SIGINT');
    const { code, stdout, stderr } = await deploy.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /STOP Stopping after "Back up the database as pre-v2\.1\.0-\w+" \(usually 20 s\)\./,
    );
    expect(stderr).toContain('STEP backup done');
    expect(stderr).not.toContain('STEP open-backup start');
    expect(stdout).toContain('release deploy --resume --env production');
    expect(recorded('backup')).toEqual(['step.intent', 'step.done']);
    expect(readLedger(scenario).map(({ type }) => type)).toContain('run.paused');
  });

  it('F21: in a terminal: cuts a migration off on the second Ctrl-C, ends with 130, and records that nobody knows its end', async () => {
    const terminal = await resumeUntilMigration();
    terminal.pressCtrlC();
    await terminal.shows(/Press Ctrl-C again to stop now\. Stopping after/);
    terminal.pressCtrlC();
    expect(await terminal.ended).toBe(130);
    expect(recorded(MIGRATION)).toEqual(['step.intent', 'step.doubt']);
    expect(terminal.screen()).toContain('release deploy --resume --env production');
    await scenario.world.troubles.end('migration');
  });

  it('F19, F20: in a terminal: finishes it on one Ctrl-C: it is done before the program ends with 130, and nothing after it', async () => {
    const terminal = await resumeUntilMigration();
    terminal.pressCtrlC();
    await terminal.shows(/Press Ctrl-C again to stop now/);
    await scenario.world.troubles.end('migration');
    expect(await terminal.ended).toBe(130);
    expect(recorded(MIGRATION).at(-1)).toBe('step.done');
    expect(readLedger(scenario).at(-2)?.type).toBe('run.paused');
    expect(await readMigrations(scenario.world)).toHaveLength(5);
  });

  it('cuts the step off on a second Ctrl-C at once, and records that nobody knows its end', async () => {
    const publish = holdPublish(scenario);
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL]);
    await publish.accepted();
    deploy.kill('SIGINT');
    await deploy.said(/STOP Stopping after "Publish 2\.1\.0 on production"/);
    deploy.kill('SIGINT');
    const { code } = await deploy.ended;
    publish.letGo();
    expect(code).toBe(130);
    expect(recorded('publish')).toEqual(['step.intent', 'step.doubt']);
  });

  it('F22: ends with 143 on SIGTERM, once the step has ended', async () => {
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL, '--json']);
    await deploy.said(/STEP prove-live start/);
    deploy.kill('SIGTERM');
    const { code, stdout } = await deploy.ended;
    expect(code).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 143, verdict: 'paused' });
    expect(recorded('prove-live')).toEqual(['step.intent', 'step.done']);
  });

  it('F23: takes a dropped line for a first Ctrl-C: the step ends, the run is paused, the lock is free', async () => {
    const deploy = scenario.start(['deploy', '--resume', ...IN_FULL]);
    await deploy.said(/STEP warm-up start/);
    deploy.kill('SIGHUP');
    const { code } = await deploy.ended;
    expect(code).toBe(130);
    expect(recorded('warm-up')).toEqual(['step.intent', 'step.done']);
    expect(
      readLedger(scenario)
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['run.paused', 'lock.released']);
  });

  it('F24: goes on to the end although nobody reads its output any more, and every effect stands exactly once', async () => {
    const resume = ['deploy', '--resume', ...IN_FULL, '--events', '-'];
    const { code, stdout } = await scenario.run(resume, { hangUp: true });
    expect(code).toBe(0);
    expect(stdout).not.toContain('run.ended');
    await expectOnce(scenario, before);
    expect(countSteps(scenario, before.events).publish).toEqual({ begun: 1, done: 1 });
    expect((await step('run', run, names.at(-1) ?? '')).said.result).toMatchObject({ alreadyDone: true });
  });
});

describe('the way back', () => {
  let tip: string;
  let messages: number;

  it('ends with 0 and says that the earlier version is back', async () => {
    const { world } = scenario;
    tip = readRefs(world)['refs/heads/main'] ?? '';
    messages = world.slack.messages().length;
    await askDatabase(world, `insert into webhook_events (id, type) values ('evt_kept', 'invoice.paid')`);
    const { code, stdout, stderr } = await scenario.run(['rollback', '--to', 'v2.0.3', ...IN_FULL, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, verdict: 'completed', version: 'v2.0.3' });
    expect(stderr).toContain('GATE smoke GO');
  });

  it('RBX-3Ab, RBX-3B2: puts the tree of the earlier version on top of main, and forgets no commit', () => {
    const { world } = scenario;
    const treeOf = (name: string): string => askOrigin(world, 'rev-parse', `${name}^{tree}`);
    expect(treeOf('main')).toBe(treeOf('v2.0.3'));
    expect(askOrigin(world, 'log', '-1', '--format=%P', 'main')).toBe(tip);
    expect(findMoved(before.refs, readRefs(world))).toEqual(['refs/heads/main', 'refs/tags/v2.1.0']);
  });

  it('runs the earlier version alone, open to users', async () => {
    const { world } = scenario;
    const commit = readRefs(world)['refs/heads/main'];
    expect(await readHealth(world)).toMatchObject({
      httpStatus: 200,
      version: '2.0.3',
      commit,
      maintenance: false,
    });
  });

  it('RBX-4: takes schema and journal back by rollback scripts, and no row with them', async () => {
    const { world } = scenario;
    expect(await readMigrations(world)).toHaveLength(4);
    const columns = `select 1 from information_schema.columns where table_name = 'assessments' and column_name = 'due_date'`;
    expect(await askDatabase(world, columns)).toEqual([]);
    expect(await askDatabase(world, `select type from webhook_events where id = 'evt_kept'`)).toEqual([
      { type: 'invoice.paid' },
    ]);
    expect(world.neon.restores()).toEqual([]);
  });

  it('RBX-2.2: lets the background jobs work again', async () => {
    const { world } = scenario;
    expect(recorded('pause-jobs')).toEqual(['step.intent', 'step.done']);
    const order = `insert into exports (assessment_id, user_id, created_at)
      select id, user_id, now() - interval '1 hour' from assessments order by id limit 1 returning id`;
    const [row] = await askDatabase(world, order);
    const isReady = async (): Promise<boolean> =>
      (await askDatabase(world, `select 1 from exports where status = 'ready' and id = ${row?.id}`)).length >
      0;
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true);
  });

  it('tells the three channels of the beginning and the end', () => {
    const told = scenario.world.slack.messages().slice(messages);
    const heads = told.filter(({ thread }) => thread === undefined).map(({ channel }) => channel);
    expect(heads.slice(0, 3).sort()).toEqual(['engineering', 'incidents', 'releases']);
    expect(heads.slice(3).sort()).toEqual(['engineering', 'incidents', 'releases']);
    expect(told.filter(({ thread }) => thread !== undefined)).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
