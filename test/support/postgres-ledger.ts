import { systemClock } from '../../src/cli/clock.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { seconds } from '../../src/domain/duration.ts';
import type { Redact } from '../../src/domain/redact.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Machine } from '../../src/ledger/machine.ts';
import { makePostgresLedger } from '../../src/ledger/postgres/postgres.ts';
import { makeAddress } from '../../src/services/postgres/address.ts';
import { makeConnections } from '../../src/services/postgres/connections.ts';
import { makeLedgerDatabase } from '../../src/services/postgres/ledger-database.ts';

export interface PersonAtLedger {
  readonly url: string;
  readonly schema?: string;
  readonly actor?: string;
  readonly clock?: Clock;
  readonly redact?: Redact;
  readonly machine?: Partial<Machine>;
}

/** The PostgreSQL store as one person on one machine opens it. */
export function openPostgresLedger(person: PersonAtLedger): {
  readonly ledger: Ledger;
  close(): Promise<void>;
} {
  const { url, schema, actor = 'ana', clock = systemClock, redact = (text: string) => text } = person;
  const connections = makeConnections('release/ledger', seconds(10));
  const ledger = makePostgresLedger({
    database: makeLedgerDatabase(connections, makeAddress('the ledger database', '$LEDGER', url)),
    clock,
    actor,
    tool: '0.0.0',
    redact,
    machine: {
      host: `${actor}-laptop`,
      boot: 'b-1',
      pid: 1,
      startOf: (pid) => `start of ${pid}`,
      ...person.machine,
    },
    ...(schema === undefined ? {} : { schema }),
  });
  return { ledger, close: () => connections.close() };
}
