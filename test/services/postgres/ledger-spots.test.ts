import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runbookSchema } from '../../../src/config/schema/index.ts';
import { findSharedFate } from '../../../src/domain/find-shared-fate.ts';
import { type Cluster, startCluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';
import { failureOf, makeDatabaseSurroundings, openCluster } from './open-database.ts';

let shop: Cluster;
let other: Cluster;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  // Another one's data must not be a copy of the first's: the system identifier tells them apart.
  [shop, other] = await Promise.all([openCluster(), openCluster(startCluster)]);
  await shop.query('postgres', 'create database rur2');
  await other.query('postgres', 'create database ledger');
});
afterAll(async () => {
  for (const close of closers) await close();
  await Promise.all([shop.stop(), other.stop()]);
});

function spots(own: string, ledger: string) {
  const values: Readonly<Record<string, string>> = { $URL: own, $LEDGER: ledger };
  const place = { store: 'postgres', url: '$LEDGER' };
  const production = { url: 'https://rur2.example', database: { url: '$URL' }, ledger: place };
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const surroundings = {
    ...makeDatabaseSurroundings({ url: own }),
    runbook: runbookSchema.parse({ ...head, environments: { production }, services: {} }),
    secrets: { read: (name: string) => values[name] ?? '', has: () => true, learn: () => undefined },
  };
  const postgres = makePostgres(surroundings);
  closers.push(() => postgres.close());
  return postgres.ledgerSpots('production');
}

async function keepLedgerIn(url: string): Promise<void> {
  const { ledger, close } = openPostgresLedger({ url });
  await ledger.note('rur2/production', factEvent('one'));
  await close();
}

describe('where a ledger and the database of its environment are', () => {
  it('F52: tells two servers apart', async () => {
    const { own, ledger } = await spots(shop.url('rur2'), other.url('ledger'));
    expect([own.database, ledger.database]).toEqual(['rur2', 'ledger']);
    expect(findSharedFate(own, ledger)).toBeUndefined();
  });

  it('F52: knows two databases of one server for what they are', async () => {
    const { own, ledger } = await spots(shop.url('rur2'), shop.url('postgres'));
    expect(findSharedFate(own, ledger)).toContain('same PostgreSQL cluster');
  });

  it('F52: finds the very ledger in the database, also on what says to be another server', async () => {
    await keepLedgerIn(other.url('ledger'));
    const { ledger } = await spots(shop.url('rur2'), other.url('ledger'));
    expect(ledger.ledgerId).toMatch(/^[0-9a-f-]{36}$/);
    await keepLedgerIn(shop.url('rur2'));
    await shop.query('rur2', `update release_ledger.about set ledger_id = '${ledger.ledgerId}'`);
    const again = await spots(shop.url('rur2'), other.url('ledger'));
    expect(findSharedFate(again.own, again.ledger)).toContain('kept in rur2');
  });

  it('F52: does not take a ledger that it may not read for none', async () => {
    await keepLedgerIn(shop.url('rur2'));
    const error = await failureOf(spots(shop.url('rur2', 'app'), other.url('ledger')));
    expect(error).toMatchObject({ code: 'E_DB_RIGHTS' });
  });
});
