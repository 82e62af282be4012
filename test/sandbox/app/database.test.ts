import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction, openPool } from '../../../src/sandbox/app/database.ts';
import { AppWorld } from './app-world.ts';

let world: AppWorld;
beforeAll(async () => {
  world = await AppWorld.open();
});
afterAll(() => world.close());

it('outlives a session that is cut in a transaction, between two statements', async () => {
  const database = await world.freshDatabase();
  const pool = openPool(world.cluster.url(database, 'rur2_owner'), { version: '2.0.3' });
  const heard: unknown[] = [];
  const hear = (error: unknown) => heard.push(error);
  process.on('uncaughtException', hear);
  const work = inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise<void>((done) => client.once('end', done));
    await world.cluster.query('postgres', 'select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await client.query('select 1');
  });
  await expect(work).rejects.toThrow();
  process.off('uncaughtException', hear);
  expect(heard).toEqual([]);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
