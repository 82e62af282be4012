import pg from 'pg';

const open = async (url: string, name: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/**
 * Two sessions as they block each other in life: one holds a table and does nothing, the other waits for it. Resolves
 * when the second one waits, to what ends both.
 */
export async function holdQuery(url: string, table: string): Promise<() => Promise<void>> {
  const holder = await open(url, 'nightly-report');
  await holder.query('begin');
  await holder.query(`lock table ${table} in access exclusive mode`);
  const waiter = await open(url, 'admin-console');
  const waiting = waiter.query(`select count(*) from ${table}`).catch(() => undefined);
  return async () => {
    await holder.query('rollback').catch(() => undefined);
    await waiting;
    await Promise.all([holder.end(), waiter.end()]).catch(() => undefined);
  };
}
