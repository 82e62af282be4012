import pg from 'pg';

const open = async (url: string, name: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const close = (client: pg.Client): Promise<void> => client.end().catch(() => undefined);

/**
 * A forgotten session that holds a table, and one that waits for it. Resolves, when the second one waits, to what
 * ends both.
 */
export async function blockQuery(url: string, table: string): Promise<() => Promise<void>> {
  const holder = await open(url, 'nightly-report');
  await holder.query(`begin; lock table ${table} in access exclusive mode`);
  const waiter = await open(url, 'admin-console');
  const waiting = waiter.query(`select count(*) from ${table}`).catch(() => undefined);
  return async () => {
    await holder.query('rollback').catch(() => undefined);
    await waiting;
    await Promise.all([close(holder), close(waiter)]);
  };
}

/** A report that reads a table in a transaction that it does not end: nobody notices, until a migration comes. */
export async function readForever(url: string, table: string): Promise<() => Promise<void>> {
  const reader = await open(url, 'nightly-report');
  await reader.query(`begin; select count(*) from ${table}`);
  return () => close(reader);
}
