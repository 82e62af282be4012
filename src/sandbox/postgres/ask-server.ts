import pg from 'pg';

export type Row = Readonly<Record<string, unknown>>;

/** Opens one session, hands it over and closes it, whatever happens. A session that is cut meanwhile throws (57P01). */
export async function withSession<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sandbox' });
  // Without a listener a session that the server cuts would end this process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Rows of the statement; of the last one when there are several. */
export const askServer = (
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> =>
  withSession(url, async (client) => {
    const answer = await client.query<Row>(values.length > 0 ? { text: sql, values: [...values] } : sql);
    const last = Array.isArray(answer) ? (answer.at(-1) as pg.QueryResult<Row>) : answer;
    return last.rows;
  });
