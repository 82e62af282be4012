import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';

let home: string;
let cluster: Cluster;

const ask = async (one: Cluster, sql: string): Promise<unknown> =>
  Object.values((await one.query('postgres', sql))[0] ?? {})[0];
const notes = (one: Cluster): Promise<unknown> =>
  ask(one, "select string_agg(text, ' ' order by id) from notes");
const write = (text: string): Promise<unknown> =>
  cluster.query('postgres', 'insert into notes (text) values ($1)', [text]);

beforeAll(async () => {
  home = makeReachableFolder('release-cluster-');
  cluster = await startCluster({ folder: join(home, 'production'), archive: true });
  await cluster.query('postgres', 'create table notes (id serial primary key, text text)');
});
afterAll(async () => {
  await cluster.stop();
});

describe('a cluster of the sandbox', () => {
  it('is copied while it runs: a branch has what was there, and not what comes later', async () => {
    await write('before');
    await cluster.copyTo(join(home, 'branch'));
    await write('after');
    const branch = await startCluster({ folder: join(home, 'branch'), existing: true });
    expect(await notes(branch)).toBe('before');
    await branch.stop();
    expect(await notes(cluster)).toBe('before after');
  });

  it('has a copy with the log of its own making alone, and not with that of before and for later', async () => {
    const segmentsOf = (name: string) =>
      readdirSync(join(home, name, 'data', 'pg_wal')).filter((file) => /^[0-9A-F]{24}$/.test(file));
    for (let n = 0; n < 5; n += 1)
      await ask(cluster, 'select pg_switch_wal(), pg_logical_emit_message(false, $$$$, $$x$$)');
    await cluster.copyTo(join(home, 'light'));
    expect(segmentsOf('production').length).toBeGreaterThan(5);
    expect(segmentsOf('light').length).toBeLessThanOrEqual(2);
  });

  it('E-45: goes back along its log to a position and to a moment, and begins a new history there', async () => {
    const lsn = String(await ask(cluster, 'select pg_current_wal_insert_lsn()::text'));
    await write('lost');
    await cluster.recoverTo(join(home, 'r1'), { lsn });
    await cluster.swapIn(join(home, 'r1'), join(home, 'k1'));
    expect(await notes(cluster)).toBe('before after');
    await write('kept');
    const at = String(await ask(cluster, 'select clock_timestamp()::text'));
    await cluster.query('postgres', 'delete from notes');
    await cluster.recoverTo(join(home, 'r2'), { at });
    await cluster.swapIn(join(home, 'r2'), join(home, 'k2'));
    expect(await notes(cluster)).toBe('before after kept');
  });
});
