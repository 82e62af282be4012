import { makeRedactor } from '../../src/domain/redact.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openCluster } from '../services/postgres/open-database.ts';
import { openPostgresLedger } from '../support/postgres-ledger.ts';
import { describeLedger, LEDGER_SECRET } from './ledger-suite.ts';

const redact = makeRedactor([LEDGER_SECRET]);

describeLedger('the ledger in PostgreSQL', async () => {
  const cluster = await openCluster();
  const url = cluster.url('postgres');
  const people = new Map<string, { readonly ledger: Ledger; close(): Promise<void> }>();
  const pids = new Map<string, number>();
  const gone = new Set<number>();
  const pidOf = (actor: string): number => {
    const pid = pids.get(actor) ?? pids.size + 1;
    pids.set(actor, pid);
    return pid;
  };
  return {
    open: (actor) => {
      const startOf = (pid: number) => (gone.has(pid) ? undefined : `start of ${pid}`);
      const machine = { host: 'workbench', pid: pidOf(actor), startOf };
      const person = people.get(actor) ?? openPostgresLedger({ url, actor, redact, machine });
      people.set(actor, person);
      return person.ledger;
    },
    lose: async (actor) => {
      gone.add(pidOf(actor));
    },
    close: async () => {
      await Promise.all([...people.values()].map((person) => person.close()));
      await cluster.stop();
    },
  };
});
