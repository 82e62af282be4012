import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOrigin } from '../../src/sandbox/seed/seed-origin.ts';
import { CANARY, makeWorldSecrets } from '../../src/sandbox/world/make-secrets.ts';
import type { World } from '../../src/sandbox/world/start-world.ts';
import { writeConfig } from '../../src/sandbox/world/write-config.ts';
import { type Ended, runBin } from '../support/run-bin.ts';
import { runHere } from '../support/run-here.ts';
import { readLedger } from '../support/scenarios/read-world.ts';

// A real repository, and addresses at which nobody answers: what is refused here is refused without asking anyone.
const NOWHERE = 'http://127.0.0.1:9';
const IN_FULL = ['--env', 'production', '--yes'];
let folder = '';
let world: Pick<World, 'origin'>;
const secrets = makeWorldSecrets();
let heard = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-input-'));
  world = { origin: await seedOrigin(join(folder, 'origin.git')) };
  const origin = world.origin.folder;
  const database = `postgres://rur2_owner:${secrets.SMOKE_PASSWORD}@127.0.0.1:9/rur2`;
  const vendors = {
    neon: NOWHERE,
    stripe: NOWHERE,
    slack: `${NOWHERE}/api/`,
    statuspage: NOWHERE,
    pagerduty: NOWHERE,
    github: NOWHERE,
  };
  const production = { origin, database, app: NOWHERE, platform: NOWHERE };
  const staging = {
    staging: 'http://127.0.0.1:8',
    stagingPlatform: NOWHERE,
    stagingDatabase: `${database}_staging`,
  };
  writeConfig(folder, { ...vendors, ...production, ...staging }, secrets);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spaced = (text: string): string => text.replace(/\s+/g, ' ');

/** Runs the words with --json and proves that the document carries the exit code. */
async function refused(words: readonly string[], env: Record<string, string> = {}, run = runHere) {
  const ended: Ended = await run([...words, '--json'], { cwd: folder, env });
  heard += `${ended.stdout}${ended.stderr}`;
  const document = JSON.parse(ended.stdout);
  expect(document.exitCode).toBe(ended.code);
  return { code: ended.code, error: document.error?.code, said: spaced(ended.stderr), stdout: ended.stdout };
}

describe('what nobody can mean', () => {
  it.concurrent.each([
    ['an environment', ['preflight', '--env', 'prodction'], 'E_ENV_UNKNOWN', 'Did you mean "production"?'],
    [
      'an environment of a deploy',
      ['deploy', 'v2.1.0', '--env', 'prodction', '--yes'],
      'E_ENV_UNKNOWN',
      'production',
    ],
    ['half a version', ['deploy', '2.1', ...IN_FULL], 'E_VERSION_SHAPE', 'like v2.1.0'],
    ['a version without a branch', ['preflight', 'v2.10.0'], 'E_VERSION_UNKNOWN', 'v2.1.0'],
    [
      'a version that was never live',
      ['rollback', '--to', 'v1.9.9', ...IN_FULL],
      'E_VERSION_UNKNOWN',
      'v2.0.3',
    ],
    ['a flag', ['deploy', 'v2.1.0', '--pln'], 'E_FLAG_UNKNOWN', 'Did you mean "--plan"?'],
    [
      'a check',
      ['preflight', '--only', 'database.pol-headroom'],
      'E_CHECK_UNKNOWN',
      'database.pool-headroom',
    ],
    ['two versions', ['deploy', 'v2.1.0', 'v2.2.0'], 'E_ARGUMENTS', 'got two'],
    ['a way of the database', ['rollback', '--to', 'v2.0.3', '--db', 'up'], 'E_FLAG_VALUE', 'up'],
  ])('%s: is refused with 2, and says what could be meant', async (_, words, error, said) => {
    const answer = await refused(words);
    expect({ code: answer.code, error: answer.error }).toEqual({ code: 2, error });
    expect(answer.said).toContain(said);
  });
});

describe('a change without a terminal', () => {
  const deploy = 'Say so in full: release deploy v2.1.0 --env production --yes';
  const rollback = 'Say so in full: release rollback --to v2.0.3 --env production --yes';
  it.concurrent.each([
    ['neither', ['deploy', 'v2.1.0'], {}, deploy],
    ['no yes', ['deploy', 'v2.1.0', '--env', 'production'], {}, deploy],
    ['no environment', ['deploy', 'v2.1.0', '--yes'], {}, deploy],
    [
      'an environment that nobody typed',
      ['deploy', 'v2.1.0', '--yes'],
      { RELEASE_ENV: 'production' },
      deploy,
    ],
    ['neither, to go back', ['rollback', '--to', 'v2.0.3'], {}, rollback],
    ['no environment, to go back', ['rollback', '--to', 'v2.0.3', '--yes'], {}, rollback],
    ['no yes, to go on', ['deploy', '--resume'], {}, 'release deploy --resume --env production --yes'],
  ])('%s: is refused with 2 and the line to type', async (_, words, env, fix) => {
    const { code, error, said } = await refused(words, env);
    expect({ code, error }).toEqual({ code: 2, error: 'E_CONFIRM_IN_FULL' });
    expect(said).toContain(fix);
  });
});

describe('missing secrets', () => {
  /** The same configuration in a folder that has no secrets beside it. */
  const bare = (): string => {
    const config = join(folder, 'bare', 'runbook.config.yaml');
    cpSync(join(folder, 'runbook.config.yaml'), config);
    return config;
  };

  it('are told all at once with 4 before a deploy asks anything', async () => {
    const { code, error, said } = await refused(['deploy', 'v2.1.0', ...IN_FULL, '--config', bare()]);
    expect({ code, error }).toEqual({ code: 4, error: 'E_SECRET_MISSING' });
    for (const name of [
      'APP_TOKEN',
      'DATABASE_URL_PROD',
      'NEON_API_KEY',
      'SLACK_BOT_TOKEN',
      'STRIPE_SECRET_KEY',
    ])
      expect(said).toContain(name);
  });

  it('do not keep preflight from asking the checks that need none, and end it with 4', async () => {
    const { code, said, stdout } = await refused(['preflight', 'v2.1.0', '--config', bare()]);
    expect(code).toBe(4);
    expect(said).toMatch(/\d+ secrets are missing: /);
    expect(said).toContain('PASS source.tag-free');
    expect(JSON.parse(stdout).verdict).not.toBe('go');
  });
});

describe('help', () => {
  it('needs no configuration that can be read', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'service: [\n');
    for (const command of ['preflight', 'deploy', 'rollback', 'smoke', 'status', 'history']) {
      const run = command === 'deploy' ? runBin : runHere;
      const { code, stdout } = await run([command, '--config', broken, '--help'], { cwd: folder });
      expect({ command, code }).toEqual({ command, code: 0 });
      expect(stdout).toContain(`Usage: release ${command}`);
    }
  });
});

describe('services of which none answers', () => {
  it('hold preflight with 3, and stop a deploy with 1 before anything is done', async () => {
    const preflight = await refused(['preflight', 'v2.1.0', '-vv'], {}, runBin);
    expect(preflight.code).toBe(3);
    expect(JSON.parse(preflight.stdout).verdict).not.toBe('go');
    const { code, said } = await refused(['deploy', 'v2.1.0', ...IN_FULL, '-vv'], {}, runBin);
    expect(code).toBe(1);
    expect(said).toContain('E_DB_UNREACHABLE');
  });
});

describe('all of these refusals', () => {
  it('say no secret, also where an address or a key is what went wrong', () => {
    expect(heard).toContain('E_DB_UNREACHABLE');
    expect(heard).not.toContain(CANARY);
  });

  it('have begun no run', () => {
    expect(readLedger({ world }).filter(({ type }) => type.startsWith('lock.'))).toEqual([]);
  });
});
