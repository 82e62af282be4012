import { isReleaseError } from '../../../src/domain/failure.ts';
import type { SharedCluster } from './share-cluster.ts';

const ENV = 'production';

/** A database with what tells how far a migration came. */
export async function openMigrated(shared: SharedCluster, wanted: Parameters<SharedCluster['open']>[0] = {}) {
  const database = await shared.open(wanted);
  const { postgres, query } = database;
  return {
    ...database,
    journal: async () => (await postgres.appliedMigrations(ENV, 'drizzle')).map(({ hash }) => hash),
    has: async (name: string) => (await query('select to_regclass($1) is not null as yes', [name]))[0]?.yes,
  };
}

export const textOf = (error: unknown, code: `E_${string}`) =>
  isReleaseError(error, code) ? error.text : `not ${code}: ${String(error)}`;
