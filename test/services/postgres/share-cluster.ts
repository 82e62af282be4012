import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster, openDatabase } from './open-database.ts';

/** One server for a whole file; what is opened on it ends with the file. */
export function shareCluster() {
  let cluster: Cluster;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await cluster.stop();
  });
  return {
    /** There once the file has begun. */
    get cluster(): Cluster {
      return cluster;
    },
    closeLater: (what: { close(): Promise<unknown> }): void => void closing.push(() => what.close()),
    /** A database of its own, and what the program asks of it. */
    async open(wanted: Parameters<typeof openDatabase>[1] = {}) {
      const database = await openDatabase(cluster, wanted);
      closing.push(() => database.postgres.close());
      return database;
    },
    /** A session of somebody else, who never says that it was cut. */
    async openSession(url: string): Promise<pg.Client> {
      const client = new pg.Client({ connectionString: url, application_name: 'psql' });
      client.on('error', () => undefined);
      await client.connect();
      closing.push(() => client.end().catch(() => undefined));
      return client;
    },
  };
}

export type SharedCluster = ReturnType<typeof shareCluster>;

/** Asks until the answer is there; each question takes its own time. */
export async function until<T>(ask: () => Promise<readonly T[]>): Promise<T> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const [found] = await ask();
    if (found !== undefined) return found;
  }
  throw new Error('it never came');
}
