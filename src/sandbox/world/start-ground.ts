import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { cloneDatabase } from '../seed/database/make-role.ts';
import { changePassword, seedDatabase } from '../seed/seed-database.ts';
import { readOrigin, type SeededOrigin, seedOrigin } from '../seed/seed-origin.ts';
import type { Closing } from './closing.ts';
import type { WorldSecrets } from './make-secrets.ts';
import { SANDBOX_NAMES, STAGING_NAMES } from './write-config.ts';

/** A real PostgreSQL and a real git repository, as v2.0.3 left them. */
export interface Ground {
  readonly cluster: Cluster;
  readonly origin: SeededOrigin;
}

/**
 * Starts both; `data` is a folder that the database server can pass through. What an earlier ground left there is gone on with,
 * else both are made and filled.
 */
export async function startGround(data: string, secrets: WorldSecrets, closing: Closing): Promise<Ground> {
  const [folder, postgres] = [join(data, 'origin.git'), join(data, 'postgres')];
  const existing = existsSync(folder);
  const origin = existing ? readOrigin(folder) : seedOrigin(folder);
  origin.catch(() => undefined);
  const cluster = await startCluster({ folder: postgres, archive: true, existing });
  closing.later(() => cluster.stop());
  await (existing ? openDatabase(cluster, secrets) : fillDatabases(cluster, secrets));
  return { cluster, origin: await origin };
}

const smokeUserOf = ({ SMOKE_USER: email, SMOKE_PASSWORD: password }: WorldSecrets) => ({ email, password });

async function fillDatabases(cluster: Cluster, secrets: WorldSecrets): Promise<void> {
  const { database, role } = SANDBOX_NAMES;
  await seedDatabase(cluster, { database, role, smokeUser: smokeUserOf(secrets) });
  // Now, because nobody may be at a database while it is copied.
  await cloneDatabase(cluster, database, STAGING_NAMES.database, role);
}

/** Every world has secrets of its own; staging's are set when its candidate comes. */
const openDatabase = (cluster: Cluster, secrets: WorldSecrets): Promise<void> =>
  changePassword(databaseUrl({ cluster }), smokeUserOf(secrets));

/** The application's own address of its database. */
export const databaseUrl = (
  { cluster }: Pick<Ground, 'cluster'>,
  database: string = SANDBOX_NAMES.database,
) => cluster.url(database, SANDBOX_NAMES.role);
