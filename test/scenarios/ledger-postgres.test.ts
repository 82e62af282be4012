import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../services/postgres/open-database.ts';
import { openPostgresLine } from '../support/postgres-line.ts';
import type { Ended } from '../support/run-bin.ts';
import { type Developer, openDeveloper } from '../support/scenarios/developer.ts';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin, findMoved, readRefs } from '../support/scenarios/read-origin.ts';
import { readHealth, readMigrations, takePicture } from '../support/scenarios/read-world.ts';
import { openSecondMachine, type SecondMachine } from '../support/scenarios/second-machine.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const FEATURE = 'docs/changes/2.1.0-1.md';
const FIX = 'docs/changes/fix.md';
const REASON = 'the first laptop is gone <!here>';

let scenario: Scenario;
let second: SecondMachine;
let cluster: Cluster;
let line: Awaited<ReturnType<typeof openPostgresLine>>;
let before: Before;

beforeAll(async () => {
  [scenario, cluster] = await Promise.all([openScenario('file'), openCluster()]);
  line = await openPostgresLine(() => cluster.port);
  const { config } = scenario.world;
  const url = cluster.url('postgres').replace(`:${cluster.port}/`, `:${line.port}/`);
  appendFileSync(join(dirname(config), '.env.runbook'), `LEDGER_DATABASE_URL=${url}\n`);
  scenario.configWith('runbook.config.yaml', ({ environments }) => {
    environments.production.ledger = { store: 'postgres', url: '$LEDGER_DATABASE_URL' };
  });
  second = openSecondMachine(scenario);
  before = noteBefore(scenario);
});
afterAll(async () => {
  await line?.close();
  await Promise.all([cluster?.stop(), scenario?.close()]);
});

/** Rows of the ledger's own database. */
const ask = (sql: string) => cluster.query('postgres', sql);
const good = ({ code, stderr }: { code: number | null; stderr: string }) => ({
  code,
  stderr: code === 0 ? '' : stderr,
});
const GOOD = { code: 0, stderr: '' };

// One world, in the order of a story: each part stands on the one before.
describe('a deploy whose ledger is in PostgreSQL', () => {
  it('F52: is refused while that is the database that is released', async () => {
    const shared = scenario.configWith('shared.yaml', ({ environments }) => {
      environments.production.ledger = { store: 'postgres', url: '$DATABASE_URL_PROD' };
    });
    const picture = await takePicture(scenario.world);
    const { code, stderr } = await scenario.run(['deploy', 'v2.1.0', ...IN_FULL, '--config', shared]);
    expect({ code, told: stderr.includes('E_LEDGER_SHARED') }).toEqual({ code: 2, told: true });
    expect(await takePicture(scenario.world)).toEqual(picture);
  });

  it('is killed in the middle, and kept from the next machine while it may still live', async () => {
    const deploy = scenario.start(['deploy', 'v2.1.0', ...IN_FULL]);
    await deploy.said(/STEP integrity-after-migration start/);
    deploy.kill('SIGKILL');
    await deploy.ended;
    const { code, stderr } = await second.run(['deploy', '--resume', ...IN_FULL]);
    expect({ code, told: stderr.includes('E_LOCKED') }).toEqual({ code: 5, told: true });
  });

  it('F12, T39: is taken over from another clone, told to the team, and ends with every effect once', async () => {
    const words = ['deploy', '--resume', '--takeover', '--reason', REASON, ...IN_FULL];
    expect(good(await second.run(words))).toEqual(GOOD);
    await expectOnce(scenario, before);
    const told = scenario.world.slack
      .messages()
      .filter(({ text }) => text.includes('The lock was taken over'));
    expect(told.map(({ channel }) => channel).sort()).toEqual(['engineering', 'releases']);
    expect(told[0]?.text).toContain('By: second-owner, on second-laptop');
    expect(JSON.stringify(told[0]?.blocks)).toContain('gone &lt;!here&gt;');
    // What only asks, or may be repeated, is done once more by whoever goes on.
    const asks = "'schema-after', 'integrity-after-migration', 'prove-live', 'warm-up'";
    const twice = await ask(
      `select step from release_ledger.release_event where type = 'step.done' and step not in (${asks}) group by step having count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });
});

describe('the daily look at its set-up', () => {
  it('F70: is taken by one of two agents that ask at the same moment', async () => {
    const order = ['tick', '--schedule', 'drift', '--every', '24h', '--env', 'production'];
    expect(good(await scenario.run(order))).toEqual(GOOD);
    const tick = ['tick', '--json', '--env', 'production'];
    const both = await Promise.all([scenario.run(tick), second.run(tick)]);
    const jobs = both.map(({ stdout }) => JSON.parse(stdout).result.jobs as { kind: string; said: string }[]);
    expect(jobs.map(({ length }) => length).sort()).toEqual([0, 1]);
    expect(jobs.flat()).toMatchObject([{ kind: 'drift', tick: 0, outcome: 'done', isOurs: true }]);
    expect(await ask('select kind, tick::int from release_ledger.release_tick')).toEqual([
      { kind: 'drift', tick: 0 },
    ]);
    const looks = await ask("select 1 from release_ledger.release_event where type = 'drift.checked'");
    expect(looks).toHaveLength(1);
  });
});

describe('a rollback while the ledger is away', () => {
  const spool = () => join(second.folder, '.release/state/break-glass/rur2/production/journal.jsonl');
  const back = ['rollback', '--to', 'v2.0.3', ...IN_FULL];

  it('F76: is refused with the way on, and goes back past it on a word, from another clone', async () => {
    line.block();
    const refused = await second.run(back);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('--break-glass --reason');
    const done = await second.run([...back, '--break-glass', '--reason', 'error rate 6 %']);
    expect(good(done)).toEqual(GOOD);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(existsSync(spool())).toBe(true);
  });

  it('F76: is named by that machine until it was brought in, and then known to everybody', async () => {
    line.mend();
    const status = await second.run(['status', '--env', 'production']);
    expect(status.stdout).toContain('release ledger sync --env production');
    expect(good(await second.run(['ledger', 'sync', '--env', 'production']))).toEqual(GOOD);
    expect(existsSync(spool())).toBe(false);
    const { stdout } = await scenario.run(['history', '--env', 'production', '--json']);
    const { runs } = JSON.parse(stdout).result;
    expect(runs.map(({ command, result }: Record<string, unknown>) => [command, result])).toEqual([
      ['deploy', 'completed'],
      ['rollback', 'completed'],
    ]);
    expect(runs[1]).toMatchObject({ host: 'second-laptop', version: 'v2.0.3' });
    expect(good(await scenario.run(['ledger', 'verify', '--env', 'production']))).toEqual(GOOD);
  });
});

describe('the version after that rollback, prepared', () => {
  let jo: Developer;
  let prepared: Ended;
  let moved: readonly string[];
  // A fix lands on develop, as on any other day.
  beforeAll(async () => {
    jo = openDeveloper(scenario);
    jo.git('switch', '--quiet', 'develop');
    jo.commit('fix(export): urgent reports do not wait', { [FIX]: () => 'Urgent reports do not wait.\n' });
    jo.git('push', '--quiet', 'origin', 'develop');
    const refs = readRefs(scenario.world);
    prepared = await scenario.run(['prepare', 'v2.1.1', '--yes', '--json']);
    moved = findMoved(refs, readRefs(scenario.world));
  }, 240_000);

  it('PRE-01, PRE-06: pushes its branch and its candidate, and nothing else', () => {
    expect(good(prepared)).toEqual(GOOD);
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
    expect(good(await scenario.run(['deploy', 'v2.1.1', ...IN_FULL]))).toEqual(GOOD);
    expect(await readHealth(world)).toMatchObject({ version: '2.1.1', maintenance: false });
    expect(await readMigrations(world)).toHaveLength(6);
    for (const path of [FEATURE, FIX]) expect(askOrigin(world, 'show', `v2.1.1:${path}`)).not.toBe('');
  });

  it('PRE-01: is never prepared a second time', async () => {
    const { code, stderr } = await scenario.run(['prepare', 'v2.1.1', '--yes']);
    expect({ code, said: stderr.includes('E_TAG_TAKEN') }).toEqual({ code: 3, said: true });
  });
});
