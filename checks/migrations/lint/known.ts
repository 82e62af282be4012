import type { SqlStatement } from '../../../src/services/sql/port.ts';
import type { SqlType } from './sql-type.ts';

/** A constraint that may say of a column that it is never NULL. */
export interface Proof {
  readonly column: string | undefined;
  readonly isValid: boolean;
  /** True when the constraint came with the file that is being read. */
  readonly isHere: boolean;
}

/** What the statements read so far tell about a table. */
export interface KnownTable {
  /** Made by the very file that is being read: nobody else has rows or locks in it. */
  isNew: boolean;
  isPartitioned: boolean;
  readonly columns: Map<string, SqlType>;
  readonly proofs: Map<string, Proof>;
}

const TEMPORARY = 'pg_temp.';

/**
 * What the statements read so far tell about the schema, by the key of the table. A key without a schema, like `.users`,
 * means what the server would take it for: a temporary table, or else one of the search path.
 */
export class Known {
  readonly #tables = new Map<string, KnownTable>();
  /** Domains with constraints, by bare name: PostgreSQL proves them for each row of a table that gets one. */
  readonly domains = new Map<string, { readonly isRequired: boolean }>();
  #bodies: readonly SqlStatement[] = [];
  #schema = 'public';
  #paths = 0;

  #find(key: string): string {
    if (!key.startsWith('.')) return key;
    const temporary = TEMPORARY + key.slice(1);
    return this.#tables.has(temporary) ? temporary : this.#schema + key;
  }

  get(key: string): KnownTable | undefined {
    return this.#tables.get(this.#find(key));
  }

  /** The table's entry, made when there is none. */
  tableOf(key: string): KnownTable {
    return this.get(key) ?? this.#put(this.#find(key), false);
  }

  /** A table that the file makes. */
  make(key: string, isTemporary: boolean): KnownTable {
    const name = key.slice(key.indexOf('.') + 1);
    if (isTemporary) return this.#put(TEMPORARY + name, true);
    return this.#put(key.startsWith('.') ? this.#schema + key : key, true);
  }

  rename(key: string, name: string): void {
    const old = this.#find(key);
    const table = this.#tables.get(old);
    if (table === undefined) return;
    this.#tables.delete(old);
    this.#tables.set(`${old.slice(0, old.indexOf('.'))}.${name}`, table);
  }

  forget(key: string): void {
    this.#tables.delete(this.#find(key));
  }

  clear(): void {
    this.#tables.clear();
    this.domains.clear();
  }

  /** What functions do, file after file; each statement carries the name of its function. */
  get bodies(): readonly SqlStatement[] {
    return this.#bodies;
  }

  learnBody(statement: SqlStatement): void {
    this.#bodies = [...this.#bodies, statement];
  }

  forgetBody(name: string): void {
    this.#bodies = this.#bodies.filter(({ inside }) => inside !== name);
  }

  /** Another search path begins; undefined for one that cannot be told, in which nothing is known. */
  followPath(schema: string | undefined): void {
    this.#paths += 1;
    this.#schema = schema ?? `?${this.#paths}`;
  }

  /** A type has another name now. */
  renameType(from: string, to: string): void {
    for (const { columns } of this.#tables.values())
      for (const [name, type] of columns) if (type.name === from) columns.set(name, { ...type, name: to });
  }

  /** A new file begins, in a session of its own: what earlier ones made is no longer new. */
  turnPage(): void {
    this.#schema = 'public';
    for (const [key, table] of this.#tables) {
      if (key.startsWith(TEMPORARY)) this.#tables.delete(key);
      table.isNew = false;
      for (const [name, proof] of table.proofs) table.proofs.set(name, { ...proof, isHere: false });
    }
  }

  #put(key: string, isNew: boolean): KnownTable {
    const table: KnownTable = { isNew, isPartitioned: false, columns: new Map(), proofs: new Map() };
    this.#tables.set(key, table);
    return table;
  }
}

export const isNew = (known: Known, key: string): boolean => known.get(key)?.isNew === true;

/** A valid constraint says that the column is never NULL. */
export const isProven = (known: Known, key: string, column: string): boolean =>
  [...(known.get(key)?.proofs.values() ?? [])].some((one) => one.isValid && one.column === column);
