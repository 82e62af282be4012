import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/domain/redact.ts';
import { openCluster } from '../services/postgres/open-database.ts';
import { openPeople } from '../support/postgres-ledger.ts';
import { openTransactionPooler } from '../support/transaction-pooler.ts';
import { describeLedger, LEDGER_SECRET } from './ledger-suite.ts';

let loads: readonly number[] = [];
let refused: readonly string[] = [];

describeLedger('F46: the ledger in PostgreSQL through a pooler in transaction mode', async () => {
  const cluster = await openCluster();
  const pooler = await openTransactionPooler(cluster.url('postgres'));
  const people = openPeople(pooler.url, makeRedactor([LEDGER_SECRET]));
  const close = async () => {
    [loads, refused] = [pooler.loads(), pooler.refused()];
    await people.close();
    await pooler.close();
    await cluster.stop();
  };
  return { ...people, close };
});

describe('the pooler of that test', () => {
  it('F46: gave the transactions of one client to several sessions, and had to refuse none', () => {
    expect(refused).toEqual([]);
    expect(loads).toHaveLength(3);
    for (const load of loads) expect(load).toBeGreaterThan(20);
  });
});
