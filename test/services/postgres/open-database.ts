import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runbookSchema } from '../../../src/config/schema/index.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { sha256 } from '../../../src/ledger/digest.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';
import type { MigrationFile, MigrationOrder } from '../../../src/services/postgres/port.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { findProxy } from '../../../src/services/proxy.ts';
import type { Surroundings } from '../../../src/services/surroundings.ts';
import { startCopiedCluster } from '../../support/copy-cluster.ts';

/** A real PostgreSQL for one test file, with an ordinary role `app` beside the superuser. */
export async function openCluster(start: typeof startCopiedCluster = startCopiedCluster): Promise<Cluster> {
  const home = makeReachableFolder('release-postgres-');
  const cluster = await start({ folder: join(home, 'data-of-test') });
  const password = decodeURIComponent(new URL(cluster.url('postgres')).password);
  await cluster.query('postgres', `create role app login password '${password}'`);
  return {
    ...wrap(cluster),
    stop: async () => {
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The methods of a class do not survive a spread. */
const wrap = (cluster: Cluster): Cluster => ({
  port: cluster.port,
  folder: cluster.folder,
  url: (database, role) => cluster.url(database, role),
  query: (database, sql, values) => cluster.query(database, sql, values),
  copyTo: (folder) => cluster.copyTo(folder),
  recoverTo: (folder, target) => cluster.recoverTo(folder, target),
  swapIn: (folder, keepAs) => cluster.swapIn(folder, keepAs),
  stop: () => cluster.stop(),
});

/** Real time, but a sleep is only noted: a test that waits for the server waits for the server. */
export function makeHastyClock() {
  const slept: number[] = [];
  const clock: Clock = {
    now: () => new Date(),
    monotonic: () => performance.now(),
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  return { clock, slept };
}

interface Wanted {
  readonly url: string;
  readonly directUrl?: string;
  readonly reserved?: number;
  readonly clock?: Clock;
}

/** Surroundings with one environment, `production`. */
export function makeDatabaseSurroundings({ url, directUrl, reserved, clock }: Wanted): Surroundings {
  const values: Readonly<Record<string, string>> = { $URL: url, $DIRECT: directUrl ?? '' };
  const database = {
    url: '$URL',
    ...(directUrl === undefined ? {} : { directUrl: '$DIRECT' }),
    ...(reserved === undefined ? {} : { reserved }),
  };
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const environments = {
    production: { url: 'https://rur2.example', database },
    preview: { url: 'https://preview.rur2.example' },
  };
  return {
    runbook: runbookSchema.parse({ ...head, environments, migrations: {}, services: {} }),
    secrets: { read: (name) => values[name] ?? '', has: (name) => name in values, learn: () => {} },
    clock: clock ?? makeHastyClock().clock,
    root: '/',
    fetch: globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}

let databases = 0;

/** A new empty database and the adapter in front of it. */
export async function openDatabase(cluster: Cluster, wanted: Partial<Wanted> & { role?: string } = {}) {
  databases += 1;
  const name = `db_${databases}`;
  await cluster.query('postgres', `create database ${name} strategy file_copy`);
  const url = cluster.url(name, wanted.role);
  return {
    name,
    url,
    postgres: makePostgres(makeDatabaseSurroundings({ url, ...wanted })),
    query: (sql: string, values?: readonly unknown[]) => cluster.query(name, sql, values),
  };
}

let files = 0;

/** One migration file; each is newer than the one before. */
export function makeFile(sql: string, rollbackSql?: string): MigrationFile {
  files += 1;
  return {
    tag: `${String(files).padStart(4, '0')}_test`,
    sql,
    hash: sha256(`${files} ${sql}`),
    when: 1_700_000_000_000 + files,
    ...(rollbackSql === undefined ? {} : { rollbackSql }),
  };
}

export const makeOrder = (over: Partial<MigrationOrder> = {}): MigrationOrder => ({
  journal: 'drizzle',
  lockTimeoutMs: 200,
  statementTimeoutMs: 30_000,
  lockTries: 1,
  scope: 'rur2/production',
  epoch: 1,
  application: 'release/r-test',
  ...over,
});

export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
