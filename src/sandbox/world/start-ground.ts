import { join } from 'node:path';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { cloneDatabase } from '../seed/database/make-role.ts';
import { seedDatabase } from '../seed/seed-database.ts';
import { type SeededOrigin, seedOrigin } from '../seed/seed-origin.ts';
import type { Closing } from './closing.ts';
import type { WorldSecrets } from './make-secrets.ts';
import { SANDBOX_NAMES, STAGING_NAMES } from './write-config.ts';

/** A real PostgreSQL and a real git repository, as v2.0.3 left them. */
export interface Ground {
  readonly cluster: Cluster;
  readonly origin: SeededOrigin;
}

/** Starts and fills both; `data` is a folder that the database server can pass through. */
export async function startGround(data: string, secrets: WorldSecrets, closing: Closing): Promise<Ground> {
  const origin = seedOrigin(join(data, 'origin.git'));
  origin.catch(() => undefined);
  const cluster = await startCluster({ folder: join(data, 'postgres'), archive: true });
  closing.later(() => cluster.stop());
  const { database, role } = SANDBOX_NAMES;
  const smokeUser = { email: secrets.SMOKE_USER, password: secrets.SMOKE_PASSWORD };
  await seedDatabase(cluster, { database, role, smokeUser });
  // Now, because nobody may be at a database while it is copied.
  await cloneDatabase(cluster, database, STAGING_NAMES.database, role);
  return { cluster, origin: await origin };
}

/** The application's own address of its database. */
export const databaseUrl = (
  { cluster }: Pick<Ground, 'cluster'>,
  database: string = SANDBOX_NAMES.database,
) => cluster.url(database, SANDBOX_NAMES.role);
