import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import type { RestorePoint } from '../../../src/services/postgres/port.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { makeDatabaseSurroundings } from './open-database.ts';

const ENV = 'production';

let databases = 0;

/**
 * A database at a restore point, and a copy of that moment in which more happened: the copy is what a restore keeps. They
 * share the numbers of transactions, as a restored database counts on from its point.
 */
export async function openGap(cluster: Cluster, schema: string) {
  databases += 1;
  const [live, kept] = [`gap_live_${databases}`, `gap_kept_${databases}`];
  await cluster.query('postgres', `create database ${live}`);
  await cluster.query(live, schema);
  const before = makePostgres(makeDatabaseSurroundings({ url: cluster.url(live) }));
  const point: RestorePoint = await before.restorePoint(ENV);
  await before.close();
  await cluster.query('postgres', `create database ${kept} template ${live}`);
  const postgres = makePostgres(makeDatabaseSurroundings({ url: cluster.url(live) }));
  return {
    kept: (sql: string, values?: readonly unknown[]) => cluster.query(kept, sql, values),
    live: (sql: string, values?: readonly unknown[]) => cluster.query(live, sql, values),
    read: (role?: string) => postgres.readGap(ENV, cluster.url(kept, role), point),
    keptUrl: cluster.url(kept),
    url: cluster.url(live),
    point,
    postgres,
  };
}
