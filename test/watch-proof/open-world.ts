import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { parse, stringify } from 'yaml';
import { startWorldProcess } from '../../src/cli/demo/start-world-process.ts';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { readWorld, tellWorld } from '../../src/sandbox/world/ask-world.ts';
import { type Ended, type Running, startBin } from '../support/run-bin.ts';

/** Seconds of a watch that pass in one. */
export const SPEED = 60;
const LEDGER = 'refs/release/rur2/production';

/** A sandbox in a process of its own, and the built program pointed at it: everything is seen from outside. */
export interface ProofWorld {
  readonly folder: string;
  start(words: readonly string[]): Running;
  run(words: readonly string[]): Promise<Ended>;
  tell(path: string, body?: object): Promise<void>;
  slack(): Promise<string>;
  git(...words: readonly string[]): string;
  /** Events of the ledger, oldest first, as the origin has them. */
  ledger(): readonly LedgerEvent[];
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
  health(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Band {
  from?: number;
}

interface Config {
  readonly source: { readonly remote: string };
  readonly smoke: Record<string, unknown>;
  readonly budgets: Readonly<Record<string, { p95Ms: number; maxMs?: number }>>;
  readonly rules: Readonly<Record<string, { unit: string; against?: string; bands: Band[] }>>;
}

/** Nobody says how busy the machine is that plays this: times are no part of what is proved, and must not get in its way. */
const PATIENCE = 10;

/** Few samples, and wide limits of times; everything that counts or has to last stays as it is. */
function relax({ smoke, budgets, rules }: Config): void {
  const few = { samples: 2, writeSamples: 1, p95: 'watch' };
  Object.assign(smoke, few, { everyMs: 20, rollback: few });
  for (const budget of Object.values(budgets)) {
    budget.p95Ms *= PATIENCE;
    if (budget.maxMs !== undefined) budget.maxMs *= PATIENCE;
  }
  for (const { unit, against, bands } of Object.values(rules))
    if (unit === 'ms' && against !== 'p95-budget')
      for (const band of bands) band.from = (band.from ?? 0) * PATIENCE;
}

function rewrite(file: string): Config {
  const config = parse(readFileSync(file, 'utf8'), { merge: true }) as Config;
  relax(config);
  writeFileSync(file, stringify(config));
  return config;
}

const readDatabase = (folder: string): string =>
  /^DATABASE_URL_PROD=(.*)$/m.exec(readFileSync(join(folder, '.env.runbook'), 'utf8'))?.[1] ?? '';

async function askDatabase(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function askGit(origin: string, words: readonly string[]): string {
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const args = ['-c', 'safe.directory=*', '-C', origin, ...words];
  return execFileSync('git', args, { encoding: 'utf8', env, maxBuffer: 1e8 }).trim();
}

/** Starts a sandbox with v2.0.3 live. */
export async function openWorld(bin: string): Promise<ProofWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'release-watch-'));
  const wish = { folder, speed: SPEED, stays: false, say: () => undefined };
  const world = await startWorldProcess(wish).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const { file } = world;
  const config = rewrite(file.config);
  const git = (...words: readonly string[]): string => askGit(config.source.remote, words);
  const start = (words: readonly string[]): Running =>
    startBin([...words, '--config', file.config], { cwd: folder, bin });
  return {
    folder,
    start,
    run: (words) => start(words).ended,
    tell: (path, body) => tellWorld(file, path, body),
    slack: () => readWorld(file, '/slack.txt'),
    git,
    ledger: () =>
      git('log', '--reverse', '--format=%B', LEDGER)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as LedgerEvent),
    rows: (sql) => askDatabase(readDatabase(dirname(file.config)), sql),
    health: async () => (await (await fetch(`${file.app}/health`)).json()) as Record<string, unknown>,
    close: async () => {
      await world.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
