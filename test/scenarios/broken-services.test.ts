import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { readByHand, typeLine } from '../support/scenarios/by-hand.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin } from '../support/scenarios/read-origin.ts';
import { askDatabase, readHealth, readMigrations } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];

let scenario: Scenario;
/** What answers nothing but an error while it is among these. */
const broken = new Set<'slack' | 'neon'>();

/** Matches calls only while the service is broken. */
const whileBroken = (service: 'slack' | 'neon', path: RegExp): RegExp =>
  Object.assign(new RegExp(path), {
    test: (text: string) => broken.has(service) && path.exec(text) !== null,
  });

const deploy = async (version: string): Promise<void> => {
  const { code, stderr } = await scenario.run(['deploy', version, ...IN_FULL]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
};
const rollBack = (...words: readonly string[]): Promise<Ended> =>
  scenario.run(['rollback', ...words, ...IN_FULL, '--json']);
const told = ({ stdout }: Ended) => JSON.parse(stdout);

beforeAll(async () => {
  scenario = await openScenario('file');
  const { slack, neon } = scenario.world;
  slack.addFault({ path: whileBroken('slack', /./), times: 1e6, answer: { status: 503, text: 'down' } });
  const locked = { status: 423, json: { code: '', message: 'project already has running operations' } };
  neon.addFault({ method: 'POST', path: whileBroken('neon', /\/restore$/), times: 1e6, answer: locked });
  await deploy('v2.1.0');
}, 240_000);
afterAll(() => scenario?.close());

describe('a rollback script that fails, while Slack is down', () => {
  let ended: Ended;
  beforeAll(async () => {
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
    await deploy('v2.2.0');
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
