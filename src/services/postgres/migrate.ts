import type { Client } from 'pg';
import type { Surroundings } from '../surroundings.ts';
import type { Connections } from './connections.ts';
import { withLockTries } from './lock-tries.ts';
import { type Migration, withOwnSession } from './migration-room.ts';
import { runInside } from './run-inside.ts';
import { runOutside } from './run-outside.ts';

/**
 * Runs one file exactly once: a file whose row is in the journal already (or, on the way back, no more) is left
 * alone. Answers how long it took in milliseconds. Throws E_FENCED, E_DB_LOCKED when a lock was not free in any of
 * the tries, E_MIGRATION_FAILED with the line; see `runInside` and `runOutside` for the state it leaves.
 */
export async function migrate(
  connections: Connections,
  surroundings: Surroundings,
  migration: Migration,
): Promise<{ readonly tookMs: number }> {
  const { clock } = surroundings;
  const started = clock.monotonic();
  const isInside = migration.script.statements.every(({ way }) => way === 'inside');
  const own = (use: (client: Client) => Promise<void>): Promise<void> =>
    withOwnSession(connections, surroundings, migration, use);
  if (isInside)
    await withLockTries(clock, migration.order, () => own((client) => runInside(client, migration)));
  else await own((client) => runOutside(client, migration, clock));
  return { tookMs: Math.round(clock.monotonic() - started) };
}
