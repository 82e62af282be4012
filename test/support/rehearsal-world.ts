import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Scope, Services } from '../../src/kit.ts';
import { makeReachableFolder } from '../../src/sandbox/postgres/drop-privileges.ts';
import { startNeon } from '../../src/sandbox/servers/neon/start.ts';
import { makeNeon } from '../../src/services/neon/real.ts';
import type { MigrationFile } from '../../src/services/postgres/port.ts';
import { makePostgres } from '../../src/services/postgres/real.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';
import { startCopiedCluster } from './copy-cluster.ts';
import { makeArchiveOf } from './memory/archive.ts';

const PROJECT = 'quiet-river-12345678';
const KEY = 'napi_canary0123456789abcdef';
const COMMIT = 'b'.repeat(40);

const clock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

/** A file as the journal lists it; `at` orders the files. */
export const fileOf = (at: number, name: string, sql: string, rollbackSql?: string): MigrationFile => ({
  tag: `${String(at).padStart(4, '0')}_${name}`,
  sql,
  hash: createHash('sha256').update(sql).digest('hex'),
  when: 1_700_000_000_000 + at,
  ...(rollbackSql === undefined ? {} : { rollbackSql }),
});

/** A repository whose one commit has these files. */
export function gitWith(files: readonly MigrationFile[]): Pick<Services['git'], 'readFile' | 'listFiles'> {
  const texts = new Map<string, string>([
    [
      'migrations/meta/_journal.json',
      JSON.stringify({ entries: files.map(({ tag, when }) => ({ tag, when })) }),
    ],
  ]);
  for (const { tag, sql, rollbackSql } of files) {
    texts.set(`migrations/${tag}.sql`, sql);
    if (rollbackSql !== undefined) texts.set(`migrations/${tag}_rollback.sql`, rollbackSql);
  }
  return { readFile: async (_commit, path) => texts.get(path), listFiles: async () => [...texts.keys()] };
}

/**
 * A real PostgreSQL as production, a stand-in of Neon whose branches are real copies of it, and both adapters. With
 * `archive` a branch can be put back to an earlier position.
 */
export async function startRehearsalWorld(seed: string, { archive = false } = {}) {
  const home = makeReachableFolder('release-rehearsal-');
  const cluster = await startCopiedCluster({ folder: join(home, 'production'), archive });
  await cluster.query('postgres', 'create database rur2');
  const superuser = new URL(cluster.url('rur2')).username;
  await cluster.query('rur2', seed);
  const server = await startNeon({
    project: PROJECT,
    apiKey: KEY,
    folder: home,
    branches: [{ name: 'production', cluster }],
    speed: 50,
  });
  const runbook = runbookSchema.parse({
    service: 'rur2',
    product: 'RuR2',
    timezone: 'America/New_York',
    environments: {
      production: {
        url: 'https://rur2.example',
        database: { url: '$URL' },
        neon: { project: PROJECT, branch: 'production', database: 'rur2', role: superuser },
      },
    },
    migrations: {},
    integrity: [{ id: 'notes', title: 'Notes', sql: 'select count(*) from notes', expect: 'not-fewer' }],
    services: { neon: { apiUrl: server.apiUrl, apiKey: '$NEON_KEY', pollSeconds: 0.04 } },
  });
  const surroundings: Surroundings = {
    runbook,
    secrets: {
      read: (name) => (name === '$URL' ? cluster.url('rur2') : KEY),
      has: () => true,
      learn: () => undefined,
    },
    clock,
    root: '/',
    fetch: globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
  const postgres = makePostgres(surroundings);
  const scope = (over: Partial<Scope> = {}): Scope => ({
    env: 'production',
    environment: runbook.environments.production as Scope['environment'],
    runbook,
    thresholds: runbook.thresholds,
    now: new Date(),
    facts: {},
    release: { version: 'v2.1.0', branch: 'release/v2.1.0', commit: COMMIT },
    signal: new AbortController().signal,
    ...over,
  });
  return {
    server,
    cluster,
    runbook,
    clock,
    scope,
    postgres,
    neon: makeNeon(surroundings),
    archive: makeArchiveOf(),
    query: (sql: string) => cluster.query('rur2', sql),
    branches: () => server.branches().map(({ name }) => name),
    close: async () => {
      await postgres.close();
      await server.close();
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
