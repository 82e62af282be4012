import type { Clock } from '../../domain/clock.ts';
import type { LedgerEvent, NewEvent } from '../event.ts';
import type { Claim, Held, Holder, Ledger } from '../ledger.ts';
import { releaseId } from '../lock-claim.ts';
import { type Machine, rememberOwnStart } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import type { LedgerDatabase } from './database.ts';
import { Desks, type DeskTools } from './desks.ts';
import { LedgerTables } from './ledger-tables.ts';
import { Patience, WAITS } from './patience.ts';
import type { TokenLease } from './scope-writer.ts';
import { takeLock } from './take-lock.ts';

export interface PostgresLedgerOptions extends Omit<Origin, 'host'> {
  readonly database: LedgerDatabase;
  /** Schema of the tables; default `release_ledger`. */
  readonly schema?: string;
  readonly clock: Clock;
  readonly machine: Machine;
}

/**
 * The PostgreSQL store: for many services and people, on a server the organisation already runs. Appending is one
 * statement that fences, renews the lease, places and chains; the lock is a lease by the server's clock (reliability 5.3).
 */
export function makePostgresLedger(options: PostgresLedgerOptions): Ledger {
  const { database, clock, schema = 'release_ledger' } = options;
  const machine = rememberOwnStart(options.machine);
  const tables = new LedgerTables(database, schema, new Patience(database, clock));
  const origin = { ...options, host: machine.host };
  return new PostgresLedger(`ledger: PostgreSQL ${database.where}`, { tables, clock, machine, origin });
}

class PostgresLedger implements Ledger {
  readonly about: Ledger['about'];
  readonly #tools: DeskTools;
  readonly #desks: Desks;

  constructor(says: string, tools: DeskTools) {
    this.about = { store: 'postgres', says };
    this.#tools = tools;
    this.#desks = new Desks(tools);
  }

  read(scope: string): Promise<readonly LedgerEvent[]> {
    return this.#desks.read(scope, async (ask, { reader }) => [...(await reader.read(ask))]);
  }

  scopes(): Promise<readonly string[]> {
    return this.#tools.tables.listScopes();
  }

  holder(scope: string): Promise<Holder | undefined> {
    return this.#desks.read(scope, async (ask, { reader }) => {
      const standing = await reader.readStanding(ask);
      await reader.read(ask);
      return standing && reader.describe(standing);
    });
  }

  acquire(scope: string, claim: Claim): Promise<Held> {
    return this.#desks.write(scope, WAITS.toBegin, (ask, desk) =>
      takeLock({ ...this.#tools, ...desk, ask }, claim),
    );
  }

  append(held: Held, event: NewEvent): Promise<LedgerEvent> {
    return this.#desks.write(held.scope, WAITS.toRecord, (ask, { writer }) =>
      writer.append(ask, held as TokenLease, event),
    );
  }

  /** Never waits behind an entry that is being written: it touches nothing of the chain. */
  renew(held: Held): Promise<void> {
    const ask = this.#tools.tables.patience.within(WAITS.toBegin);
    return this.#desks.of(held.scope).writer.renew(ask, held as TokenLease);
  }

  async release(held: Held, outcome: string): Promise<void> {
    const { scope, run } = held;
    const last = { id: releaseId(held), run, type: 'lock.released', data: { outcome } } as const;
    await this.#desks.write(scope, WAITS.toBegin, (ask, { writer }) =>
      writer.append(ask, held as TokenLease, last, true),
    );
  }

  note(scope: string, event: NewEvent): Promise<LedgerEvent> {
    return this.#desks.write(scope, WAITS.toBegin, async (ask, { writer }) => {
      await ask(this.#tools.tables.sql.addScope, [scope]);
      return writer.note(ask, event);
    });
  }
}
