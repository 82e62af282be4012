import pg from 'pg';
import type { Build } from './build.ts';

/** Connections this application holds at most. */
export const POOL_SIZE = 10;

/** A pool on the application's database. A session that the server cuts (restore, restart) is replaced by a new one. */
export function openPool(url: string, { version }: Pick<Build, 'version'>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `rur2/${version}`,
    max: POOL_SIZE,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    // A request that waits for a migration's lock fails before its user has gone.
    statement_timeout: 10_000,
  });
  // Without a listener a session that is cut would end the process: the pool listens to idle ones, nobody to one that
  // is in a transaction and waits for its next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Runs `work` in one transaction; takes it back when it throws. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await work(client);
    await client.query('commit');
    client.release();
    return done;
  } catch (error) {
    // A session whose rollback failed is in an unknown state: nobody gets it again.
    const isBack = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!isBack);
    throw error;
  }
}

/** Columns that a build's code names and an older schema does not have. */
const neededColumns = ({ features }: Build): readonly string[] => [
  ...(features.dueDates ? ['assessments.due_date'] : []),
  ...(features.exportQueue ? ['exports.priority'] : []),
  ...(features.webhookRetries ? ['webhook_events.attempts'] : []),
];

/** Throws in one line when the database cannot be reached or lacks a column of this build; a newer schema is fine. */
export async function requireSchema(pool: pg.Pool, build: Build): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public'`,
  );
  const present = new Set(rows.map(({ name }) => name));
  const missing = neededColumns(build).filter((name) => !present.has(name));
  if (missing.length > 0) throw new Error(`the database has no ${missing.join(', ')}: migrate it first`);
}
