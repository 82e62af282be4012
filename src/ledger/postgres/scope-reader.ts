import type { LedgerEvent } from '../event.ts';
import type { Holder } from '../ledger.ts';
import { describeHolder } from '../locked.ts';
import { type Machine, mayBeAlive } from '../machine.ts';
import { ChainCopy, type StoredEntry } from './chain-copy.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { Ask } from './patience.ts';
import { refuseReplaced } from './refusals.ts';
import { entryRow, type ScopeRow, standingRow } from './rows.ts';

/** Reads one scope, without any lock, and remembers what it has seen of it. */
export class ScopeReader {
  readonly scope: string;
  readonly chain: ChainCopy;
  readonly #tables: LedgerTables;
  readonly #machine: Machine;

  constructor(scope: string, tables: LedgerTables, machine: Machine) {
    this.scope = scope;
    this.#tables = tables;
    this.#machine = machine;
    this.chain = new ChainCopy(`${tables.where} (${scope})`);
  }

  /** All events. Throws E_LEDGER_REPLACED when some that were read before are gone. */
  async read(ask: Ask): Promise<readonly LedgerEvent[]> {
    const lost = await this.follow(ask);
    if (lost.length > 0) throw this.sayReplaced(`${lost.length} entries of ${this.scope} are gone.`);
    return this.chain.events;
  }

  /**
   * Reads on. Gives the entries that were there and are gone, when the rest is as it was: the end that a failover
   * lost. Throws E_LEDGER_REPLACED when another history is there.
   */
  async follow(ask: Ask): Promise<readonly LedgerEvent[]> {
    if (this.chain.follow(await this.#readEntries(ask, this.chain.head.seq))) return [];
    const lost = this.chain.findLostEnd(await this.#readEntries(ask, 0));
    if (lost === undefined) throw this.sayReplaced(`${this.scope} has another history now.`);
    return lost;
  }

  async readStanding(ask: Ask): Promise<ScopeRow | undefined> {
    const reply = await ask(this.#tables.sql.standing, [this.scope]);
    const row = reply?.rows[0];
    return row === undefined ? undefined : standingRow.parse(row);
  }

  /** By what was read of the events so far; undefined when nobody holds the lock. */
  describe({ record, token, lives }: ScopeRow): Holder | undefined {
    if (record === null || token === null) return undefined;
    return describeHolder(record, this.chain.events, lives && mayBeAlive(record, this.#machine));
  }

  sayReplaced(why: string): Error {
    return refuseReplaced(this.#tables.where, why);
  }

  async #readEntries(ask: Ask, from: number): Promise<readonly StoredEntry[]> {
    const reply = await ask(this.#tables.sql.events, [this.scope, from]);
    return (reply?.rows ?? []).map((row) => entryRow.parse(row));
  }
}
