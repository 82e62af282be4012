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
  readonly columns: Map<string, SqlType>;
  readonly proofs: Map<string, Proof>;
}

/** What the statements read so far tell about the schema, by the key of the table. */
export type Known = Map<string, KnownTable>;

/** The table's entry, made when there is none. */
export function tableOf(known: Known, key: string): KnownTable {
  const found = known.get(key) ?? { isNew: false, columns: new Map(), proofs: new Map() };
  known.set(key, found);
  return found;
}

export const isNew = (known: Known, key: string): boolean => known.get(key)?.isNew === true;

/** A valid constraint says that the column is never NULL. */
export const isProven = (known: Known, key: string, column: string): boolean =>
  [...(known.get(key)?.proofs.values() ?? [])].some((one) => one.isValid && one.column === column);

/** A new file begins: what earlier ones made is no longer new. */
export function turnPage(known: Known): void {
  for (const table of known.values()) {
    table.isNew = false;
    for (const [name, proof] of table.proofs) table.proofs.set(name, { ...proof, isHere: false });
  }
}
