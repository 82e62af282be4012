import type { LedgerDatabase } from './database.ts';
import { type Ask, type Patience, WAITS } from './patience.ts';
import { refuseNewer } from './refusals.ts';
import { aboutRow, scopeRow } from './rows.ts';
import { makeStatements, type Statements } from './statements.ts';
import { makeTables, proveSchema, TABLES_VERSION } from './tables.ts';

/** The tables of one ledger in one database. */
export class LedgerTables {
  readonly where: string;
  readonly sql: Statements;
  readonly patience: Patience;
  readonly #schema: string;
  #id: string | undefined;

  constructor(database: LedgerDatabase, schema: string, patience: Patience) {
    this.where = database.where;
    this.patience = patience;
    this.#schema = proveSchema(schema);
    this.sql = makeStatements(this.#schema);
  }

  /**
   * The ledger's own identity; undefined when there are no tables yet. Throws E_LEDGER_NEWER before anything in them
   * is read or written that this program would misread.
   */
  async identify(ask: Ask): Promise<string | undefined> {
    if (this.#id !== undefined) return this.#id;
    const row = (await ask(this.sql.about))?.rows[0];
    if (row === undefined) return undefined;
    const { version, ledger_id } = aboutRow.parse(row);
    if (version > TABLES_VERSION) throw refuseNewer(this.where, version, TABLES_VERSION);
    this.#id = ledger_id;
    return ledger_id;
  }

  /** Makes the tables where there are none. A role that may only write needs no more rights where they are. */
  async prepare(ask: Ask): Promise<void> {
    if ((await this.identify(ask)) !== undefined) return;
    await ask(makeTables(this.#schema));
    await this.identify(ask);
  }

  async listScopes(): Promise<readonly string[]> {
    const ask = this.patience.within(WAITS.toBegin);
    await this.identify(ask);
    const reply = await ask(this.sql.scopes);
    return (reply?.rows ?? []).map((row) => scopeRow.parse(row).scope);
  }
}
