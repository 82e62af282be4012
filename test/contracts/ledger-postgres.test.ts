import { makeRedactor } from '../../src/domain/redact.ts';
import { openCluster } from '../services/postgres/open-database.ts';
import { openPeople } from '../support/postgres-ledger.ts';
import { describeLedger, LEDGER_SECRET } from './ledger-suite.ts';

describeLedger('the ledger in PostgreSQL', async () => {
  const cluster = await openCluster();
  const people = openPeople(cluster.url('postgres'), makeRedactor([LEDGER_SECRET]));
  const close = async () => {
    await people.close();
    await cluster.stop();
  };
  return { ...people, close };
});
