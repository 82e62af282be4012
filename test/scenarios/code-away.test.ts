import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { readByHand, typeLine } from '../support/scenarios/by-hand.ts';
import { expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin } from '../support/scenarios/read-origin.ts';
import { readHealth, readLedger, readMigrations } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const GLASS = ['--break-glass', '--reason', 'the git host burns'];

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.close());

/** An installation of the program, as npm makes one. */
function install(folder: string): string {
  mkdirSync(folder);
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin/release.js');
}

describe('an upgrade of the program in the middle of a deploy', () => {
  it('F79: takes every file away, and the run goes on to its end: nothing is loaded once the lock is taken', async () => {
    const before = noteBefore(scenario);
    const [installed, replaced] = [join(scenario.folder, 'installed'), join(scenario.folder, 'replaced')];
    const deploy = scenario.start(['deploy', 'v2.1.0', ...IN_FULL], { bin: install(installed) });
    await deploy.said(/STEP \S+ start/);
    renameSync(installed, replaced);
    const { code, stderr } = await deploy.ended;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(scenario.folder)).not.toContain('installed');
    rmSync(replaced, { recursive: true });
    await expectOnce(scenario, before);
  });
});

const away = () => `${scenario.world.origin.folder}-away`;
const takeAway = () => renameSync(scenario.world.origin.folder, away());
const giveBack = () => renameSync(away(), scenario.world.origin.folder);
const plain = (text: string): string => text.replace(/\s+/g, ' ');

// One world, in the order of a story: the release that came above goes back.
describe('F76: a rollback while the git host is gone, and the ledger with it', () => {
  let ended: Ended;
  beforeAll(async () => {
    takeAway();
    ended = await scenario.run(['rollback', '--to', 'v2.0.3', ...GLASS, ...IN_FULL]);
  });

  it('is refused without --break-glass, with the way past', async () => {
    const { code, stderr } = await scenario.run(['rollback', '--to', 'v2.0.3', ...IN_FULL]);
    expect(code).toBe(1);
    expect(plain(stderr)).toContain('release rollback --to v2.0.3 --break-glass --reason "…"');
  });

  it('RBX-3A: says in its plan what it goes by, and publishes the build that the host has', () => {
    const plan = plain(ended.stderr);
    expect(plan).toContain('tags as this machine saw them on');
    expect(plan).toMatch(
      /THE REMOTE IS AWAY: of v2\.0\.3 the host has a build \([0-9a-f]{7}\); the host publishes it/,
    );
  });

  it('RBX-4B1, RBX-5.1, RBX-6.1: brings version and schema back, tested, and lets users in', async () => {
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(ended.stdout).toContain('smoke');
  });

  it('ends with 7: what is back, what is not, whom to call, and the line for main', () => {
    expect(ended.code).toBe(7);
    const said = plain(ended.stdout);
    expect(said).toContain('v2.0.3 is back on production, and main does not have it yet');
    expect(said).toContain('failed Put the tree of v2.0.3 on top of main');
    expect(said).toContain('Call, in this order');
    expect(said).toContain(`put the tree of v2.0.3 on top of main, as soon as the remote answers`);
    expect(said).not.toContain('MAINTENANCE IS ON');
    expect(plain(ended.stdout + ended.stderr)).toContain(
      'release rollback --break-glass --resume --reason "…"',
    );
  });

  it('COM-07: tells people that it is back and that nobody may release yet', () => {
    const last = scenario.world.slack.messages().findLast(({ channel }) => channel === 'releases');
    expect(last?.text).toContain('v2.0.3 is back');
    expect(last?.text).toContain('main does not have v2.0.3 yet');
  });

  it('stops at the same place, with the same code, while the host stays away', async () => {
    const { code } = await scenario.run(['rollback', '--resume', ...GLASS, ...IN_FULL]);
    expect(code).toBe(7);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
  });
});

describe('the same rollback when the host is back', () => {
  it('is brought into the ledger, keeps a release out, and goes on to its end', async () => {
    giveBack();
    const sync = await scenario.run(['ledger', 'sync', ...IN_FULL]);
    expect({ code: sync.code, stderr: sync.code === 0 ? '' : sync.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await scenario.run(['deploy', 'v2.1.0', ...IN_FULL])).code).toBe(5);
    const publishes = scenario.world.platform.publishes().length;
    const { code, stderr, stdout } = await scenario.run(['rollback', '--resume', ...IN_FULL]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('v2.0.3 is back on production');
    expect(scenario.world.platform.publishes()).toHaveLength(publishes);
    expect(askOrigin(scenario.world, 'diff', '--stat', 'v2.0.3', 'main')).toBe('');
    expect(
      readLedger(scenario)
        .filter(({ type }) => type === 'run.finished')
        .at(-1)?.data,
    ).toMatchObject({
      verdict: 'completed',
    });
  });

  it('has nothing left to go on with', async () => {
    expect((await scenario.run(['status'])).stdout).not.toContain('--resume');
  });
});

describe('a rollback whose host builds from the remote that is gone', () => {
  let ended: Ended;
  beforeAll(async () => {
    takeAway();
    ended = await scenario.run(['rollback', '--to', 'v2.0.2', ...GLASS, ...IN_FULL, '--json']);
  });

  it('RBX-3Ac: ends with 7 at the publish: users out, the database as it is, and all that is left by hand', async () => {
    expect(ended.code).toBe(7);
    expect(JSON.parse(ended.stdout).result.error).toMatchObject({ code: 'E_PUBLISH_REFUSED' });
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(readByHand(ended.stdout).map(({ says }) => says)).toEqual([
      'publish v2.0.2',
      'see that it is v2.0.2 that answers',
      'take the migration 0041_open_exports back',
      'put the tree of v2.0.2 on top of main, as soon as the remote answers',
      'let users in again, once the application is good',
      'start background jobs again',
    ]);
  });

  it('is finished by hand, line by line, without this program', async () => {
    giveBack();
    const { world } = scenario;
    const [publish, look, ...others] = readByHand(ended.stdout);
    await typeLine(scenario, publish);
    await vi.waitFor(() => expect(world.platform.live()?.version).toBe('2.0.2'), {
      timeout: 20_000,
      interval: 100,
    });
    await typeLine(scenario, look);
    for (const line of others) await typeLine(scenario, line);
    expect(await readMigrations(world)).toHaveLength(3);
    expect(askOrigin(world, 'diff', '--stat', 'v2.0.2', 'main')).toBe('');
    expect(askOrigin(world, 'log', '-1', '--format=%(trailers:key=Restored-Version,valueonly)', 'main')).toBe(
      'v2.0.2',
    );
    expect(await readHealth(world)).toMatchObject({ version: '2.0.2', maintenance: false });
  });

  it('is found done when it is gone on with: nothing is pushed or taken back once more', async () => {
    const { world } = scenario;
    const main = askOrigin(world, 'rev-parse', 'main');
    await scenario.run(['ledger', 'sync', ...IN_FULL]);
    const { code, stderr } = await scenario.run(['rollback', '--resume', ...IN_FULL]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(askOrigin(world, 'rev-parse', 'main')).toBe(main);
    expect(await readMigrations(world)).toHaveLength(3);
    expect(await readHealth(world)).toMatchObject({ version: '2.0.2', maintenance: false });
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
