import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from './app-world.ts';

let world: AppWorld;
let file: string;
let env: Record<string, string>;

beforeAll(async () => {
  world = await AppWorld.open();
  file = join(world.folder, 'sandbox-app.mjs');
  await build({
    entryPoints: ['src/sandbox/app/app-process.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    logLevel: 'error',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  env = makeEnv();
});
afterAll(() => world.close());

function makeEnv(): Record<string, string> {
  const settings = world.settings();
  return {
    PORT: '0',
    DATABASE_URL: settings.databaseUrl,
    JWT_SECRET: 'canary-jwt',
    STRIPE_SECRET_KEY: 'sk_live_canary',
    STRIPE_API_URL: world.stripe.url,
    STRIPE_WEBHOOK_SECRET: 'whsec_canary',
    APP_TOKEN: 'canary-operator',
    MAINTENANCE_BYPASS: 'canary-bypass',
    SMOKE_ADMIN_TOKEN: 'canary-admin',
    ENVIRONMENT: 'staging',
    APP_ROOT: settings.root,
    APP_COMMIT: 'c0ffee',
    APP_FLAGS: settings.flagsFile,
    APP_FILES: settings.filesFolder,
  };
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
  readonly firstLine: Promise<string>;
}

function run(given: Record<string, string>): Run {
  const child = spawn(process.execPath, [file], { env: given, stdio: ['pipe', 'pipe', 'pipe'] });
  const heard = { stdout: '', stderr: '' };
  const ended: Run['ended'] = new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, ...heard })),
  );
  const firstLine = new Promise<string>((resolve) =>
    child.stdout.on('data', (part) => {
      heard.stdout += part;
      if (heard.stdout.includes('\n')) resolve(heard.stdout.split('\n')[0] ?? '');
    }),
  );
  child.stderr.on('data', (part) => {
    heard.stderr += part;
  });
  return { child, ended, firstLine };
}

describe('the application as a process', () => {
  it('says its port in one line when it answers, and ends when its stdin ends', async () => {
    const { child, ended, firstLine } = run(env);
    const { port } = JSON.parse(await firstLine) as { port: number };
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', environment: 'staging', version: '2.0.3' });
    child.stdin?.end();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });

  it('ends on SIGTERM in good order', async () => {
    const { child, ended, firstLine } = run(env);
    await firstLine;
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('ends with 1 and one line, without a value in it, when variables are missing', async () => {
    const { JWT_SECRET: _, APP_ROOT: __, ...rest } = env;
    const { code, stdout, stderr } = await run(rest).ended;
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      'rur2 sandbox: did not start: not set: JWT_SECRET, APP_ROOT\n',
    ]);
  });

  it('ends with 1 and one line when the build, the database or the port is not right', async () => {
    const taken = new URL(world.stripe.url).port;
    const { pathname, port } = new URL(env.DATABASE_URL ?? '');
    const starts = [
      { ...env, APP_ROOT: world.checkout('2.1.0') },
      { ...env, APP_ROOT: world.checkout('2.0.3', { refuseStart: true }) },
      { ...env, APP_ROOT: '/nowhere' },
      { ...env, PORT: taken },
      { ...env, PORT: 'eighty' },
      { ...env, DATABASE_URL: `postgres://rur2_owner:wrong-canary@127.0.0.1:${port}${pathname}` },
    ];
    const ends = await Promise.all(starts.map((given) => run(given).ended));
    expect(ends.map(({ code, stdout }) => [code, stdout])).toEqual(starts.map(() => [1, '']));
    const said = ends.map(({ stderr }) => stderr);
    expect(said.every((line) => /^rur2 sandbox: did not start: .+\n$/.test(line))).toBe(true);
    expect(said.join('')).not.toContain('canary');
    expect(
      said.map(
        (line) => /assessments\.due_date|cannot start|ENOENT|EADDRINUSE|PORT|password/.exec(line)?.[0],
      ),
    ).toEqual(['assessments.due_date', 'cannot start', 'ENOENT', 'EADDRINUSE', 'PORT', 'password']);
  });
});
