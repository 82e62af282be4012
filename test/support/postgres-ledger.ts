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
  /** Called whenever the server has answered, before the ledger hears of it. */
  readonly onAnswer?: () => void;
}

/** The PostgreSQL store as one person on one machine opens it. */
export function openPostgresLedger(person: PersonAtLedger): {
  readonly ledger: Ledger;
  close(): Promise<void>;
} {
  const { url, schema, actor = 'ana', clock = systemClock, redact = (text: string) => text } = person;
  const connections = makeConnections('release/ledger', seconds(10));
  const address = makeAddress('the ledger database', '$LEDGER', url);
  const database = makeLedgerDatabase(connections, address);
  const run: typeof database.run = async (sql, values) => {
    const answer = await database.run(sql, values);
    person.onAnswer?.();
    return answer;
  };
  const ledger = makePostgresLedger({
    database: { ...database, run },
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

/** People with a process each on one machine, all at the ledger behind `url`. */
export function openPeople(url: string, redact: Redact) {
  const people = new Map<string, ReturnType<typeof openPostgresLedger>>();
  const pids: string[] = [];
  const gone = new Set<number>();
  const pidOf = (actor: string): number => {
    if (!pids.includes(actor)) pids.push(actor);
    return pids.indexOf(actor) + 1;
  };
  const startOf = (pid: number) => (gone.has(pid) ? undefined : `start of ${pid}`);
  return {
    open: (actor: string): Ledger => {
      const machine = { host: 'workbench', pid: pidOf(actor), startOf };
      const person = people.get(actor) ?? openPostgresLedger({ url, actor, redact, machine });
      people.set(actor, person);
      return person.ledger;
    },
    lose: async (actor: string): Promise<void> => {
      gone.add(pidOf(actor));
    },
    close: async (): Promise<void> => {
      await Promise.all([...people.values()].map((person) => person.close()));
    },
  };
}
