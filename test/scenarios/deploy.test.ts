import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY } from '../../src/sandbox/world/make-secrets.ts';
import type { Ended } from '../support/run-bin.ts';
import { findLeaks, findLeaksIn, listSecrets } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin, findMoved, readRefs } from '../support/scenarios/read-origin.ts';
import {
  askDatabase,
  countRows,
  readHealth,
  readLedger,
  readMigrations,
  takePicture,
} from '../support/scenarios/read-world.ts';
import { watchArguments } from '../support/scenarios/watch-arguments.ts';

let scenario: Scenario;
let refsBefore: Readonly<Record<string, string>>;
let rowsBefore: number;
let deployed: Ended;
let argumentsSeen: readonly string[];

// One deploy with every output there is; the sentences below are about what it left.
beforeAll(async () => {
  scenario = await openScenario();
  const { world } = scenario;
  refsBefore = readRefs(world);
  rowsBefore = await countRows(world, 'assessments');
  const watching = watchArguments();
  const outputs = [
    '--json',
    '--events',
    'events.ndjson',
    '--out',
    'result.json',
    '--out',
    'result.md',
    '-vv',
  ];
  deployed = await scenario.run(['deploy', 'v2.1.0', '--env', 'production', '--yes', ...outputs]);
  argumentsSeen = watching.stop();
});
afterAll(() => scenario?.close());

const messagesIn = (channel: string) =>
  scenario.world.slack.messages().filter((message) => message.channel === channel);

describe('a deploy that goes well', () => {
  it('ends with 0 and one JSON document that says so', () => {
    expect({ code: deployed.code, stderr: deployed.code === 0 ? '' : deployed.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(JSON.parse(deployed.stdout)).toMatchObject({
      schema: 'release.deploy/1',
      verdict: 'completed',
      exitCode: 0,
      env: 'production',
      version: 'v2.1.0',
      sandbox: true,
      error: null,
    });
  });

  it('DAY-18: moves main and the tag, and nothing else', () => {
    expect(findMoved(refsBefore, readRefs(scenario.world))).toEqual(['refs/heads/main', 'refs/tags/v2.1.0']);
  });

  it('records itself with at most 15 pushes, from the lock to its release', () => {
    const commits = askOrigin(scenario.world, 'log', '--format=%x00%B', 'refs/release/rur2/production')
      .split('\0')
      .filter((message) => message.trim() !== '')
      .map((message) => message.trim().split('\n'));
    const pushes = commits.filter((lines) => lines.some((line) => !line.includes('"type":"gate.decided"')));
    expect(pushes.length).toBeGreaterThan(5);
    expect(pushes.length).toBeLessThanOrEqual(15);
  });

  it('DAY-18: makes main a merge of the two tips it was planned from', () => {
    const parents = askOrigin(scenario.world, 'log', '-1', '--format=%P', 'main').split(' ');
    expect(parents).toEqual([refsBefore['refs/heads/main'], refsBefore['refs/heads/release/v2.1.0']]);
  });

  it('DAY-20: tags it with an annotation that tells a rollback what it needs', () => {
    const { world } = scenario;
    expect(askOrigin(world, 'cat-file', '-t', 'v2.1.0')).toBe('tag');
    expect(askOrigin(world, 'rev-parse', 'v2.1.0^{commit}')).toBe(readRefs(world)['refs/heads/main']);
    const text = askOrigin(world, 'tag', '-l', '--format=%(contents)', 'v2.1.0');
    expect(text).toMatch(/^Previous-Version: v2\.0\.3$/m);
    expect(text).toMatch(/^Migrations-Applied: 0042_add_due_date 0043_export_queue$/m);
    expect(text).toMatch(/^Restore-Point: 0\/[0-9A-F]+ /m);
    expect(text).toMatch(/^Backup-Branch: pre-v2\.1\.0-/m);
    expect(text).toMatch(/^Release-Run: r-/m);
  });

  it('DAY-21, DAY-22: applies each migration once', async () => {
    const applied = await readMigrations(scenario.world);
    expect(applied).toHaveLength(6);
    expect(new Set(applied).size).toBe(6);
  });

  it('DAY-24, DAY-26, DAY-31: publishes the merge, once, and the application says so with maintenance off', async () => {
    const { world } = scenario;
    const main = readRefs(world)['refs/heads/main'];
    expect(await readHealth(world)).toMatchObject({
      httpStatus: 200,
      version: '2.1.0',
      commit: main,
      maintenance: false,
    });
    expect(world.platform.publishes().filter(({ commit }) => commit === main)).toHaveLength(1);
  });

  it('DAY-16, DAY-36, COM-01, DP-2c: tells both channels of the start; question and progress stand in the thread of the first', () => {
    const [start, question, progress, ...more] = messagesIn('releases');
    expect(start?.text).toContain('v2.1.0');
    expect(question).toMatchObject({ thread: start?.ts, text: expect.stringContaining('Decision point 2') });
    expect(progress).toMatchObject({ thread: start?.ts, text: expect.stringContaining('progress') });
    expect(more).toEqual([]);
    expect(messagesIn('engineering')).toHaveLength(1);
  });

  it('DP-2c: asks the deciders of decision 2 between the smoke tests and the open door, and goes on', () => {
    const { text } = messagesIn('releases')[1] ?? {};
    expect(text).toContain(
      'As measured: the smoke tests speak for CONTINUE; what users meet is not measured',
    );
    expect(text).toContain('release rollback --to v2.0.3 --env production');
  });

  it('DAY-08, DAY-10: leaves a backup branch at Neon', () => {
    const names = scenario.world.neon.branches().map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('pre-v2.1.0-'))).toHaveLength(1);
  });

  it('SMK-05: leaves nothing of the smoke tests behind, and no checkout open', async () => {
    const { world } = scenario;
    expect(await countRows(world, 'assessments')).toBe(rowsBefore);
    expect(await askDatabase(world, `select id from assessments where name like 'smoke%'`)).toEqual([]);
    const sessions = world.stripe.sessions();
    expect(sessions.length).toBeGreaterThan(0);
    expect(new Set(sessions.map(({ status }) => status))).toEqual(new Set(['expired']));
  });

  it('writes the same result into its files, and its progress as one event a line', () => {
    const read = (name: string): string => readFileSync(join(scenario.folder, name), 'utf8');
    expect(JSON.parse(read('result.json'))).toMatchObject({ exitCode: 0, verdict: 'completed' });
    expect(read('result.md')).toContain('COMPLETED');
    const events = read('events.ndjson').trim().split('\n');
    const types = events.map((line) => JSON.parse(line).type);
    expect(types[0]).toBe('hello');
    expect(types).toEqual(expect.arrayContaining(['run.started', 'step.started', 'step.done', 'run.ended']));
  });
});

describe('the same deploy a second time', () => {
  it('says that it is live already with 0, and changes nothing', async () => {
    const before = await takePicture(scenario.world);
    const { code, stdout } = await scenario.run([
      'deploy',
      'v2.1.0',
      '--env',
      'production',
      '--yes',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, result: { alreadyLive: true } });
    expect(await takePicture(scenario.world)).toEqual(before);
  });
});

describe('a rollback that restores the database', () => {
  const restore = ['rollback', '--to', 'v2.0.3', '--db', 'restore'];
  const WRITTEN = 3;

  it('RBX-4A1: counts minutes and rows that would be lost, and changes nothing for it', async () => {
    const { world } = scenario;
    await askDatabase(
      world,
      `insert into webhook_events (id, type) select 'evt_lost_' || n, 'invoice.paid' from generate_series(1, ${WRITTEN}) n`,
    );
    const before = await takePicture(world);
    const { code, stdout } = await scenario.run([...restore, '--plan', '--json']);
    expect(code).toBe(0);
    const { loss } = JSON.parse(stdout).result;
    expect(loss).toEqual({ minutes: expect.any(Number), rows: WRITTEN, tables: 1, payments: 0 });
    expect(loss.minutes).toBeGreaterThan(0);
    expect(await takePicture(world)).toEqual(before);
  });

  it.each([
    ['no word about the data', ['--env', 'production', '--yes'], '--accept-data-loss'],
    ['no environment and no yes', ['--accept-data-loss'], '--accept-data-loss --env production --yes'],
  ])('refuses with 2 and says the flag when a script gives %s', async (_, words, fix) => {
    const before = await takePicture(scenario.world);
    const { code, stderr } = await scenario.run([...restore, ...words]);
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(fix);
    expect(await takePicture(scenario.world)).toEqual(before);
  });

  it('takes the rows away once it is told to, keeps the state before, and the earlier version answers', async () => {
    const { world } = scenario;
    const agreed = ['--accept-data-loss', '--env', 'production', '--yes'];
    const { code, stdout, stderr } = await scenario.run([...restore, ...agreed]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('v2.0.3 is back');
    expect(await askDatabase(world, `select id from webhook_events where id like 'evt_lost_%'`)).toEqual([]);
    const counted = readLedger(scenario).find(
      (event) => event.step === 'count-loss' && event.type === 'step.done',
    );
    expect(counted?.data).toMatchObject({ done: { rows: WRITTEN, tables: 1, minutes: expect.any(Number) } });
    const said = JSON.stringify(world.slack.messages());
    expect(said).toContain(`${WRITTEN} rows in 1 table`);
    expect(await readMigrations(world)).toHaveLength(4);
    const [record] = world.neon.restores();
    expect(world.neon.restores()).toHaveLength(1);
    expect(world.neon.branches().map(({ name }) => name)).toContain(record?.keptAs);
    expect(await readHealth(world)).toMatchObject({ httpStatus: 200, version: '2.0.3', maintenance: false });
  });
});

describe('secrets', () => {
  it('would be found: the search knows them in their own file, plain and encoded', () => {
    const file = readFileSync(join(scenario.folder, '.env.runbook'), 'utf8');
    const spelled = (way: BufferEncoding): string => Buffer.from(file).toString(way);
    const tails = listSecrets(scenario).map((secret) => secret.slice(-12));
    expect(findLeaksIn(file, scenario)).toEqual(expect.arrayContaining([CANARY, ...tails]));
    expect(findLeaksIn(spelled('base64'), scenario).length).toBeGreaterThan(tails.length);
    expect(findLeaksIn(spelled('hex'), scenario).length).toBeGreaterThan(tails.length);
  });

  it('T06: stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });

  it.runIf(existsSync('/proc/self/cmdline'))('stand in the arguments of no process', () => {
    expect(argumentsSeen.some((line) => line.includes('deploy v2.1.0'))).toBe(true);
    const secrets = listSecrets(scenario);
    expect(secrets.every((secret) => secret.includes(CANARY))).toBe(true);
    const own = `@127.0.0.1:${scenario.world.cluster.port}/`;
    // Databases of one run of the tests have one password: what people type in a scenario beside this one is not ours.
    const ours = argumentsSeen.filter((line) => !line.includes('@127.0.0.1:') || line.includes(own));
    expect(ours.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });
});
