import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/commands/config.ts';
import { checkConfig } from '../../src/cli/config/check-config.ts';
import { printConfig } from '../../src/cli/config/print-config.ts';
import { makeTestContext } from '../support/test-context.ts';

const TEXT = `service: shop
product: Shop
timezone: UTC
environments:
  production:
    url: https://shop.example.com
    protected: true
    database: { url: $DB_PROD }
  staging:
    url: https://staging.example.com
    database: { url: $DB_STAGING }
`;

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'release-config-command-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const VALUES = {
  DB_PROD: 'postgres://a:hunter2aaaaaaa@h/one',
  DB_STAGING: 'postgres://a:hunter2bbbbbbb@h/two',
};

/** A repository with this configuration and, perhaps, a secrets file. */
function makeOrder(text: string, env: Record<string, string> = VALUES, secretsFile?: string) {
  const cwd = mkdtempSync(join(home, 'repo-'));
  writeFileSync(join(cwd, 'runbook.config.yaml'), text);
  if (secretsFile !== undefined) writeFileSync(join(cwd, '.env.runbook'), secretsFile);
  const learned: string[] = [];
  return { cwd, env, learn: (secret: string) => void learned.push(secret), learned };
}

describe('release config check', () => {
  it("E-105, E-92: reads the owner's own messages too, with file, line and column", async () => {
    const order = makeOrder(TEXT);
    mkdirSync(join(order.cwd, 'templates'));
    writeFileSync(join(order.cwd, 'templates', 'no-go.md'), '# No\n\n{{ raeson }}\n');
    writeFileSync(join(order.cwd, 'templates', 'relase-start.md'), '# Start\n');
    const { exitCode, text } = await checkConfig(order, false);
    expect(exitCode).toBe(2);
    expect(text).toContain(
      'templates/no-go.md:3:4: error: there is no variable "raeson" in this message. Did you mean "reason"?',
    );
    expect(text).toContain('templates/relase-start.md:1:1: warning: no message has this name');
    expect(text).toContain('Did you mean "release-start"?');
  });

  it('ends with 0 when there is nothing to correct', async () => {
    const { exitCode, text } = await checkConfig(makeOrder(TEXT));
    expect(exitCode).toBe(0);
    expect(text.split('\n')).toEqual([
      'runbook.config.yaml',
      'secrets   2 of 2 present (names only)',
      'nothing to correct',
    ]);
  });

  it('ends with 2 and shows every problem with its line', async () => {
    const { exitCode, text, result } = await checkConfig(makeOrder(`${TEXT}zzz: 1\nsandbx: true\n`));
    expect(exitCode).toBe(2);
    expect(text).toContain(
      'runbook.config.yaml:12:1  error  unknown key "zzz".\n   12 | zzz: 1\n      | ^^^',
    );
    expect(text).toContain('Did you mean "sandbox"?');
    expect(text).toMatch(/\n2 errors, 0 warnings$/);
    expect(result.problems).toHaveLength(2);
  });

  it('shows them one per line when nobody watches, for editors and grep', async () => {
    const { text } = await checkConfig(makeOrder(`${TEXT}zzz: 1\n`), false);
    expect(text).toContain('\nrunbook.config.yaml:12:1: error: unknown key "zzz".\n');
    expect(text).not.toContain('^^^');
  });

  it('warns of a secret that is too short to be hidden, by name and without the value', async () => {
    const text = TEXT.replace('database: { url: $DB_PROD }', 'smoke: { user: $USER_NAME, password: $PASS }');
    const env = { ...VALUES, USER_NAME: 'sixsix', PASS: 'fünf5' };
    const { exitCode, text: said, result } = await checkConfig(makeOrder(text, env));
    expect(exitCode).toBe(0);
    expect(said).toContain(
      'runbook.config.yaml:8:42  warn   the value of PASS is too short to be hidden: it is shown wherever it stands.',
    );
    expect(said).toMatch(/\n0 errors, 1 warning$/);
    expect(JSON.stringify([said, result])).not.toContain('fünf5');
  });

  it('ends with 4 when secrets alone are missing, and names all of them with their place', async () => {
    const { exitCode, text, result } = await checkConfig(makeOrder(TEXT, {}));
    expect(exitCode).toBe(4);
    expect(text).toContain('secrets   0 of 2 present (names only)');
    expect(text).toContain(
      '✖ DB_PROD  needed by environments.production.database.url\n            (runbook.config.yaml:8:22)\n',
    );
    expect(text).toContain('✖ DB_STAGING');
    expect(text).toContain('0 errors, 0 warnings, 2 secrets missing');
    expect(result.secrets).toMatchObject({ named: 2, missing: [{ name: 'DB_PROD', line: 8 }, {}] });
  });

  it('asks for the secrets of one environment when it is named', async () => {
    const order = { ...makeOrder(TEXT, { DB_STAGING: 'x' }), typedEnv: 'staging' };
    expect((await checkConfig(order)).exitCode).toBe(0);
    await expect(checkConfig({ ...order, typedEnv: 'stagin' })).rejects.toThrow(
      'There is no environment "stagin" in runbook.config.yaml:4:1.',
    );
  });

  it('finds two environments behind one database, at the second one, without the values', async () => {
    const { exitCode, text } = await checkConfig(makeOrder(TEXT, { ...VALUES, DB_STAGING: VALUES.DB_PROD }));
    expect(exitCode).toBe(2);
    expect(text).toContain(
      'runbook.config.yaml:11:22  error  environments.production.database.url and environments.staging.database.url point to the same database',
    );
    expect(text).not.toContain('hunter2');
  });

  it('tells the redactor every secret before it says anything', async () => {
    const order = makeOrder(
      TEXT,
      {},
      'DB_PROD=postgres://a:fromfile@h/one\nDB_STAGING=postgres://a:b@h/two\n',
    );
    expect((await checkConfig(order)).exitCode).toBe(0);
    expect(order.learned).toEqual(['postgres://a:fromfile@h/one', 'postgres://a:b@h/two']);
  });
});

describe('release config print', () => {
  it('shows who said what: flag, environment, secrets file, configuration, default', () => {
    const order = {
      ...makeOrder(TEXT, {}, '\nDB_STAGING=postgres://a:b@h/twotwotwo\n'),
      typedEnv: 'staging',
    };
    const lines = printConfig(order).text.split('\n');
    const line = (path: string) => lines.find((one) => one.startsWith(`${path} `))?.replace(/\s+/g, ' ');
    expect(line('--env')).toBe('--env staging ← flag');
    expect(line('environments.staging.url')).toBe(
      'environments.staging.url https://staging.example.com ← runbook.config.yaml:10:10',
    );
    expect(line('environments.staging.database.url')).toBe(
      'environments.staging.database.url $DB_STAGING set (…otwo) ← .env.runbook:2',
    );
    expect(line('defaultEnv')).toBe('defaultEnv production ← default');
    expect(lines.some((one) => one.includes('environments.production'))).toBe(false);
  });

  it('takes RELEASE_ENV from the environment, and says so', () => {
    const { text } = printConfig(makeOrder(TEXT, { RELEASE_ENV: 'staging' }));
    expect(text).toMatch(/^--env +staging +← env RELEASE_ENV/);
  });

  it('shows no value of any secret', () => {
    const { text, result } = printConfig(makeOrder(TEXT));
    expect(text + JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('release config', () => {
  it('checks when nothing else is asked for', async () => {
    const { context } = makeTestContext({ command: 'config' });
    const { text } = await run([], {}, { ...context, cwd: makeOrder(TEXT).cwd, env: VALUES });
    expect(text).toContain('nothing to correct');
  });

  it('prints the schema without any configuration', async () => {
    const { context } = makeTestContext({ command: 'config' });
    const { text, exitCode } = await run(['schema'], {}, { ...context, cwd: home });
    expect(exitCode).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ type: 'object', required: expect.arrayContaining(['service']) });
  });

  it('refuses another question and names the nearest', async () => {
    const { context } = makeTestContext({ command: 'config' });
    await expect(run(['chek'], {}, context)).rejects.toMatchObject({
      code: 'E_ARGUMENTS',
      message: 'config has no "chek". Did you mean "check"?',
    });
  });
});
