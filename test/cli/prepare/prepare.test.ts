import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run as status } from '../../../src/cli/commands/status.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';
import { refusal } from './refusal.ts';

let world: PrepareWorld;

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

describe('release prepare', () => {
  it('PRE-01 to PRE-06: pushes branch and candidate, with version and changelog, and nothing else', async () => {
    const develop = world.push('a.txt', 'a', 'feat(export): keys rotate');
    const before = world.refs();
    const ended = await world.prepare('v2.2.0');
    expect(ended).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
      result: { branch: 'release/v2.2.0', tag: 'v2.2.0-rc.1', base: develop },
    });
    const after = world.refs();
    const moved = Object.keys(after).filter((ref) => after[ref] !== before[ref]);
    expect(moved).toEqual(['refs/heads/release/v2.2.0', 'refs/tags/v2.2.0-rc.1']);
    expect(world.show('v2.2.0-rc.1', 'package.json')).toBe('{\n  "name": "shop",\n  "version": "2.2.0"\n}');
    expect(world.show('v2.2.0-rc.1', 'CHANGELOG.md')).toMatch(
      /## \[2\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Features\n\n- export: keys rotate \([0-9a-f]{7}\)\n\n## \[2\.0\.3\]/,
    );
    expect(world.git('cat-file', '-t', 'v2.2.0-rc.1')).toBe('tag');
    expect(world.git('rev-parse', 'v2.2.0-rc.1^{commit}^')).toBe(develop);
  });

  it('PRE-01: --plan shows it all and changes nothing', async () => {
    world.push('a.txt', 'a', 'fix: a');
    const before = world.git('ls-remote', 'origin');
    const { text, exitCode } = await world.prepare('v2.2.0', {}, { plan: true });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/develop @ \w{7}, 1 commit since v2\.0\.3: 1 fix/);
    expect(text).toMatch(/package\.json +2\.0\.3 → 2\.2\.0/);
    expect(text).toMatch(/T-7 .*\n(?: +\S.*\n)?.*T-6…T-5/);
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('PRE-26: on a frozen branch each commit of the next candidate needs a named exception', async () => {
    world.remove();
    world = makePrepareWorld('freeze: { businessDays: 30 }');
    await world.prepare('v2.2.0');
    world.checkout('release/v2.2.0');
    const loose = world.push('fix.txt', 'x', 'fix: late');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({
      code: 'E_FROZEN',
      said: expect.stringContaining(loose.slice(0, 7)),
    });
    const trailer = 'Freeze-Exception: Ana Example: invoices are wrong';
    world.git('commit', '--quiet', '--amend', '-m', 'fix: late', '-m', trailer);
    world.git('push', '--quiet', '--force', 'origin', 'HEAD');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { tag: 'v2.2.0-rc.2' } });
  });

  it('PRE-06: the number of a candidate whose branch is gone is not used again', async () => {
    world.git('tag', 'v2.2.0-rc.1');
    world.git('tag', 'v2.2.0-rc.10');
    world.git('push', '--quiet', 'origin', 'v2.2.0-rc.1', 'v2.2.0-rc.10');
    expect(await world.prepare('v2.2.0')).toMatchObject({ result: { tag: 'v2.2.0-rc.11' } });
  });

  it.each([
    ['v2.0.3', 'E_TAG_TAKEN'],
    ['v2.0.2', 'E_NOT_NEWER'],
    ['v2.2.0-rc.1', 'E_VERSION_SHAPE'],
    ['2.2', 'E_VERSION_SHAPE'],
    [undefined, 'E_VERSION_MISSING'],
  ])('PRE-01: refuses %s with %s', async (version, code) => {
    expect((await refusal(world.prepare(version))).code).toBe(code);
  });

  it.each([{ resume: true }, { abandon: true, reason: 'x' }])(
    'PRE-01: --plan with %j does nothing',
    async (options) => {
      expect((await refusal(world.prepare(undefined, options, { plan: true, yes: true }))).code).toBe(
        'E_FLAG_REFUSED',
      );
    },
  );

  it.each([
    { resume: true, for: '2026-12-08' },
    { abandon: true, reason: 'x', hotfix: true },
  ])('PRE-01: %j is refused: nothing is passed over without a word', async (options) => {
    expect((await refusal(world.prepare(undefined, options))).code).toBe('E_FLAG_REFUSED');
  });

  it('PRE-01: refuses a branch that is not there, and a day that has passed', async () => {
    expect((await refusal(world.prepare('v2.2.0', { from: 'nowhere' }))).code).toBe('E_NO_BRANCH');
    expect((await refusal(world.prepare('v2.2.0', { for: '2020-01-07' }))).code).toBe('E_DAY');
    expect((await refusal(world.prepare('v2.2.0', { for: '2026-02-30' }))).code).toBe('E_FLAG_VALUE');
  });

  it('PRE-01: never touches the work tree of the person, however dirty', async () => {
    world.push('a.txt', 'a', 'feat: a');
    writeFileSync(join(world.work, 'package.json'), 'not even JSON');
    world.git('add', 'package.json');
    // What is untracked is the program's own cache.
    const statusOf = () => world.git('status', '--porcelain', '--branch', '--untracked-files=no');
    const before = statusOf();
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0 });
    expect(statusOf()).toBe(before);
  });

  it('PRE-01: a remote that takes one of the two and not the other takes neither', async () => {
    const hook = join(world.origin, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/tags/*) echo no tags today; exit 1;; esac\n');
    chmodSync(hook, 0o755);
    const before = world.refs();
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 3, verdict: 'failed' });
    expect(world.refs()).toEqual(before);
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    expect(await refusal(world.prepare('v2.2.0'))).toMatchObject({ code: 'E_RUN_OPEN' });
    const { context } = makeTestContext({ command: 'status', flags: {} });
    const { text, next } = await status([], {}, { ...context, cwd: world.work });
    expect(text.replace(/\s+/g, ' ')).toContain('prepared v2.2.0: its preparation by');
    expect(next).toContain('release prepare --resume');
    expect(await world.prepare(undefined, { resume: true })).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
    });
    expect(Object.keys(world.refs())).toContain('refs/tags/v2.2.0-rc.1');
  });

  it('PRE-01: a remote that takes no record has nothing of it, and says what to type once it does', async () => {
    const hook = join(world.origin, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/release/*) echo no records; exit 1;; esac\n');
    chmodSync(hook, 0o755);
    const before = world.refs();
    const error = await failureOf(world.prepare('v2.2.0'));
    expect(error).toMatchObject({ code: 'E_LEDGER_WRITE', text: { state: 'untouched' } });
    expect(error.text.next).toContain('then the same command again, with --resume where a run has begun');
    expect(world.refs()).toEqual(before);
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, verdict: 'completed' });
  });

  it('PRE-01: an interrupted preparation can be given up, and planned anew', async () => {
    const hook = join(world.origin, 'hooks', 'update');
    writeFileSync(hook, '#!/bin/sh\ncase "$1" in refs/tags/*) exit 1;; esac\n');
    chmodSync(hook, 0o755);
    await world.prepare('v2.2.0');
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    expect((await refusal(world.prepare(undefined, { abandon: true }))).code).toBe('E_REASON_MISSING');
    expect(await world.prepare(undefined, { abandon: true, reason: 'hook' })).toMatchObject({ exitCode: 0 });
    expect(await world.prepare('v2.2.0')).toMatchObject({ exitCode: 0, result: { tag: 'v2.2.0-rc.1' } });
  });
});

describe('release prepare for what is prepared', () => {
  let prepared: PrepareWorld;
  beforeAll(async () => {
    prepared = makePrepareWorld();
    await prepared.prepare('v2.2.0');
  });
  beforeEach(() => {
    world.remove();
    world = prepared.copy();
  });
  afterAll(() => prepared.remove());

  it('PRE-06: a second call finds the candidate at the tip and does nothing', async () => {
    const before = world.git('ls-remote', 'origin');
    expect(await world.prepare('v2.2.0')).toMatchObject({
      exitCode: 0,
      result: { alreadyPrepared: true, tag: 'v2.2.0-rc.1' },
    });
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('PRE-06: a branch that moved gets the next candidate at its tip', async () => {
    world.checkout('release/v2.2.0');
    const tip = world.push('fix.txt', 'x', 'fix: late');
    expect(await world.prepare('v2.2.0')).toMatchObject({
      exitCode: 0,
      result: { tag: 'v2.2.0-rc.2', sha: tip },
    });
    world.git('fetch', '--quiet', '--tags', 'origin');
    expect(world.git('rev-parse', 'v2.2.0-rc.2^{commit}')).toBe(tip);
  });
});
