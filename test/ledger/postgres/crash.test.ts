import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { type Cluster, startCluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';
import { startCopiedCluster } from '../../support/copy-cluster.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';

let home: string;
let folder: string;
let cluster: Cluster;
const port = (): number => cluster.port;

beforeAll(async () => {
  home = makeReachableFolder('release-crash-');
  folder = join(home, 'data-of-test');
  cluster = await startCopiedCluster({ folder });
});
afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** kill -9 of the server itself; its children end because it is gone. Then it is started on the same data again. */
async function crash(): Promise<void> {
  const file = join(folder, 'data', 'postmaster.pid');
  const server = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const rows = await cluster.query('postgres', 'select pid from pg_stat_activity');
  const pids = [server, ...rows.map(({ pid }) => Number(pid))];
  process.kill(server, 'SIGKILL');
  while (pids.some(isThere)) await pause(5);
  rmSync(file);
  cluster = await startCluster({ folder, existing: true, port: port() });
}

describe('the PostgreSQL ledger when its server is killed', () => {
  it('F42: keeps every entry that was acknowledged, and each of them once', async () => {
    const url = cluster.url('postgres');
    // It asks more often than a person's would, so that the test does not wait for its pauses.
    const clock = { ...systemClock, sleep: () => pause(20) };
    const { ledger, close } = openPostgresLedger({ url, clock });
    const held = await ledger.acquire('shop/crash', { run: 'r-1', actor: 'ana', reason: 'test' });
    const acknowledged: string[] = ['r-1:lock:1'];
    let isOver = false;
    const writing = (async () => {
      for (let i = 0; !isOver; i += 1) acknowledged.push((await ledger.append(held, factEvent(`f-${i}`))).id);
    })();
    for (let round = 0; round < 5; round += 1) {
      const before = acknowledged.length;
      while (acknowledged.length < before + 5) await pause(2);
      await crash();
    }
    const before = acknowledged.length;
    while (acknowledged.length < before + 5) await pause(2);
    isOver = true;
    await writing;
    const reader = openPostgresLedger({ url, actor: 'ben' });
    const events = await reader.ledger.read('shop/crash');
    expect(events.map(({ id }) => id)).toEqual(acknowledged);
    await Promise.all([close(), reader.close()]);
  });
});
