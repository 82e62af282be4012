import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { withSession } from '../../src/sandbox/postgres/ask-server.ts';
import type { Cluster } from '../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../src/sandbox/postgres/drop-privileges.ts';
import { type NeonOptions, type NeonStandIn, startNeon } from '../../src/sandbox/servers/neon/start.ts';
import type { Exchange } from '../../src/sandbox/servers/router.ts';
import { makeNeon } from '../../src/services/neon/real.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';
import { startCopiedCluster } from '../support/copy-cluster.ts';

export const NEON_KEY = 'napi_canary0123456789abcdef';
const PROJECT = 'quiet-river-12345678';

/** Everything that any of these worlds was asked and answered. */
export const exchanges: Exchange[] = [];

/** A clock whose sleeps take no time but pass; the stand-in counts its operations by it. */
function makeFastClock() {
  let passed = 0;
  const slept: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms);
    passed += ms;
  };
  const clock: Clock = { now: () => new Date(), monotonic: () => passed, sleep };
  return { clock, slept, elapsed: () => passed };
}

interface Wanted {
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly key?: string;
  readonly timeoutSeconds?: number;
  readonly deadlineSeconds?: number;
}

/** What the Neon adapter is built from; `learned` takes what it tells the redactor. */
function makeNeonSurroundings(wanted: Wanted, learned: string[] = []): Surroundings {
  const { apiUrl, clock, key = NEON_KEY, timeoutSeconds = 60, deadlineSeconds = 120 } = wanted;
  const neon = { apiUrl, apiKey: '$NEON_KEY', timeoutSeconds, operationDeadlineSeconds: deadlineSeconds };
  const target = { project: PROJECT, branch: 'production', database: 'rur2', role: 'app' };
  return {
    runbook: runbookSchema.parse({
      service: 'rur2',
      product: 'RuR2',
      timezone: 'America/New_York',
      environments: {
        production: { url: 'https://rur2.example', neon: target },
        preview: { url: 'https://preview.rur2.example' },
        lost: { url: 'https://lost.rur2.example', neon: { ...target, branch: 'gone' } },
      },
      services: { neon },
    }),
    secrets: { read: () => key, has: () => true, learn: (value) => learned.push(value) },
    clock,
    root: '/',
    fetch: globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}

/** A real database with an empty table of notes, on a server whose log is kept. */
export interface Ground {
  readonly cluster: Cluster;
  readonly home: string;
  write(text: string): Promise<void>;
  read(): Promise<readonly string[]>;
  position(): Promise<string>;
  close(): Promise<void>;
}

export const readNotes = (url: string): Promise<readonly string[]> =>
  withSession(url, async (client) => {
    const { rows } = await client.query<{ text: string }>('select text from notes order by id');
    return rows.map(({ text }) => text);
  });

export async function startGround(): Promise<Ground> {
  const home = makeReachableFolder('release-neon-');
  const cluster = await startCopiedCluster({ folder: join(home, 'production'), archive: true });
  await cluster.query('postgres', 'create database rur2');
  const password = decodeURIComponent(new URL(cluster.url('rur2')).password);
  await cluster.query('rur2', `create role app login password '${password}'`);
  await cluster.query('rur2', 'create table notes (id serial primary key, text text)');
  await cluster.query('rur2', 'grant select on notes to app');
  return {
    cluster,
    home,
    write: async (text) => void (await cluster.query('rur2', 'insert into notes (text) values ($1)', [text])),
    read: () => readNotes(cluster.url('rur2')),
    position: async () => {
      const [row] = await cluster.query('rur2', 'select pg_current_wal_flush_lsn()::text as lsn');
      return String(row?.lsn);
    },
    close: async () => {
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A stand-in on that ground and the real adapter in front of it. */
export async function openNeon(
  ground: Ground,
  over: Partial<NeonOptions & Omit<Wanted, 'apiUrl' | 'clock'>> = {},
) {
  const time = makeFastClock();
  const server: NeonStandIn = await startNeon({
    project: PROJECT,
    apiKey: NEON_KEY,
    folder: ground.home,
    branches: [{ name: 'production', cluster: ground.cluster }],
    elapsed: time.elapsed,
    ...over,
  });
  server.witness((exchange) => exchanges.push(exchange));
  const learned: string[] = [];
  const { key, timeoutSeconds, deadlineSeconds } = over;
  const wanted = {
    apiUrl: server.apiUrl,
    clock: time.clock,
    ...(key === undefined ? {} : { key }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
  };
  return { server, neon: makeNeon(makeNeonSurroundings(wanted, learned)), learned, slept: time.slept };
}
