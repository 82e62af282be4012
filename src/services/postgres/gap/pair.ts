import type { TableColumn, TableShape } from './read-tables.ts';

/** A table that both states have, with what is compared of it. */
export interface TablePair extends Omit<TableShape, 'columns'> {
  /** Columns of both states that have the same type in both. */
  readonly columns: readonly TableColumn[];
  /** Columns of the kept state that are gone now, or have another type. */
  readonly leftOut: readonly string[];
  /** Columns whose text is read beside the row: what tells it apart, and what it or others refer to by. */
  readonly known: readonly TableColumn[];
}

export interface Unpaired {
  readonly table: { readonly shown: string; readonly mayRead: boolean };
  readonly why: string;
}

const columnsIn = (columns: readonly TableColumn[], names: readonly string[]): TableColumn[] =>
  columns.filter(({ name }) => names.includes(name));

/** Columns that can be compared: a value of another type may look the same and be another, or the other way round. */
const inBoth = (kept: TableShape, live: TableShape): readonly TableColumn[] =>
  kept.columns.filter(({ name, type }) =>
    live.columns.some((other) => other.name === name && other.type === type),
  );

/** True for the table that is meant, and for each part of it when it is a partitioned one. */
export const isMeant = ({ quoted, roots }: Pick<TableShape, 'quoted' | 'roots'>, table: string): boolean =>
  quoted === table || roots.includes(table);

function makePair(kept: TableShape, live: TableShape, all: readonly TableShape[]): TablePair {
  const columns = inBoth(kept, live);
  const referred = all.flatMap(({ parents }) => parents.filter(({ table }) => isMeant(live, table)));
  const named = [
    ...kept.key,
    ...live.uniques.flat(),
    ...live.parents.flatMap((parent) => parent.columns),
    ...referred.flatMap(({ refs }) => refs),
  ];
  const leftOut = kept.columns.filter((one) => !columns.includes(one)).map(({ name }) => name);
  return { ...live, key: kept.key, columns, leftOut, known: columnsIn(columns, named) };
}

function whyNot(kept: TableShape, live: TableShape | undefined): string | undefined {
  if (live === undefined) return 'the table is not there any more';
  if (!(kept.mayRead && live.mayRead)) return 'the role may not read all of its rows';
  if (kept.key.length === 0) return 'no primary key tells its rows apart';
  if (kept.key.join() !== live.key.join()) return 'its primary key is another one now';
  const known = inBoth(kept, live).map(({ name }) => name);
  return kept.key.every((name) => known.includes(name))
    ? undefined
    : 'a column of its primary key is generated, or of another type now';
}

/** Tables of the kept state beside those of the present one; a table that is new now has lost nothing. */
export function pairTables(
  kept: readonly TableShape[],
  live: readonly TableShape[],
): { readonly pairs: readonly TablePair[]; readonly unpaired: readonly Unpaired[] } {
  const found = kept.map((table) => ({ table, other: live.find(({ quoted }) => quoted === table.quoted) }));
  const judged = found.map(({ table, other }) => ({ table, other, why: whyNot(table, other) }));
  return {
    pairs: judged.flatMap(({ table, other, why }) =>
      why === undefined && other !== undefined ? [makePair(table, other, live)] : [],
    ),
    unpaired: judged.flatMap(({ table, why }) => (why === undefined ? [] : [{ table, why }])),
  };
}

/** Parents before children; in a circle the first by name comes first. */
export function sortParentsFirst(pairs: readonly TablePair[]): readonly TablePair[] {
  const left = [...pairs];
  const sorted: TablePair[] = [];
  while (left.length > 0) {
    const waits = ({ parents, quoted }: TablePair): boolean =>
      parents.some(({ table }) => left.some((one) => one.quoted !== quoted && isMeant(one, table)));
    const next = left.findIndex((one) => !waits(one));
    sorted.push(...left.splice(Math.max(0, next), 1));
  }
  return sorted;
}
