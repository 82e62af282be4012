import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readMachine } from '../../../src/cli/wiring/read-machine.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { buildChild, LedgerChild } from '../../support/engine/start-child.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';

let home: string;
let script: string;
let cluster: Cluster;
const children: LedgerChild[] = [];
const start = (name: string): LedgerChild => {
  const env = { LEDGER_URL: cluster.url('postgres') };
  const child = new LedgerChild(script, home, name, undefined, env);
  children.push(child);
  return child;
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'release-pg-processes-'));
  [cluster, script] = await Promise.all([openCluster(), buildChild(home)]);
});
afterEach(() => Promise.all(children.splice(0).map((child) => child.kill())));
afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the PostgreSQL ledger between processes', () => {
  it('F33: gives the lock to exactly one of eight processes, twelve times', async () => {
    const contenders = Array.from({ length: 8 }, (_, i) => start(`p${i}`));
    for (let round = 0; round < 12; round += 1) {
      const answers = await Promise.all(contenders.map((one) => one.order(`acquire shop/round-${round}`)));
      expect(answers.filter((answer) => answer === 'won')).toHaveLength(1);
      const lost = answers.filter((answer) => answer !== 'won');
      expect(lost.filter((answer) => !/^E_LOCKED p\d holds shop/.test(answer))).toEqual([]);
    }
  });

  it('F02: takes the lock from a process that was killed on this machine, without waiting for its lease', async () => {
    const holder = start('doomed');
    expect(await holder.order('acquire shop/killed')).toBe('won');
    const machine = readMachine('workbench');
    const { ledger, close } = openPostgresLedger({ url: cluster.url('postgres'), machine });
    const claim = { run: 'r-2', actor: 'ana', reason: 'next' };
    await expect(ledger.acquire('shop/killed', claim)).rejects.toMatchObject({ code: 'E_LOCKED' });
    await holder.kill();
    expect(await ledger.acquire('shop/killed', claim)).toMatchObject({ epoch: 2 });
    await close();
  });
});
