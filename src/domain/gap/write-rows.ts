import { type ChangedRow, digestOf, type GapTable } from './gap.ts';
import { block, literalOf, names } from './sql-text.ts';

/** Rows of one statement. A table that refers to itself takes all in one: its keys are checked at the statement's end. */
const ROWS_AT_ONCE = 500;

function chunk<T>(list: readonly T[], size: number): (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let from = 0; from < list.length; from += size) chunks.push(list.slice(from, from + size));
  return chunks;
}

const counting = ['get diagnostics release_rows = row_count;', 'release_all := release_all + release_rows;'];

/** Afterwards: how many of the rows were not written. A select shows it, whatever psql does with notices. */
const tellMissing = (name: string, rows: number, why: string): string =>
  `if release_all < ${rows} then insert into pg_temp.release_not_written values (${literalOf(name)}, ${rows} - release_all, ${literalOf(why)}); end if;`;

/** The inserts of a table's lost rows; a row whose key is taken by now is left out, and counted. */
export function writeLost({ name, quoted, columns, lost, refersToItself }: GapTable): string[] {
  if (lost.length === 0) return [];
  const into = `insert into ${quoted} (${names(columns).join(', ')}) overriding system value values`;
  const keys = names(columns.filter(({ isKey }) => isKey)).join(', ');
  const inserts = chunk(lost, refersToItself ? lost.length : ROWS_AT_ONCE).flatMap((rows) => {
    const values = rows.map((row) => `  (${row.values.join(', ')})`).join(',\n');
    return [`${into}\n${values}\non conflict (${keys}) do nothing;`, ...counting];
  });
  return [block([...inserts, tellMissing(name, lost.length, 'not inserted: the key is taken by now')])];
}

/** SQL that is true for the row as it was looked at, and for no later state of it. */
export const isAsSeen = ({ columns }: GapTable, { seen, xmin }: Pick<ChangedRow, 'seen' | 'xmin'>): string =>
  `t.xmin = ${literalOf(xmin)}::xid and ${digestOf('t', names(columns))} = ${literalOf(seen)}`;

/** The update that gives a row its content of the gap, if nobody has touched it since it was looked at. */
export function writeChange(table: GapTable, row: ChangedRow): string {
  const pairs = table.columns.map((column, at) => ({ ...column, value: row.values[at] ?? 'null' }));
  const sets = pairs.filter(({ isKey, isFixed }) => !isKey && !isFixed);
  const keys = pairs.filter(({ isKey }) => isKey).map((one) => `t.${one.quoted} = ${one.value}`);
  const set = sets.map((one) => `${one.quoted} = ${one.value}`).join(', ');
  return `update only ${table.quoted} as t set ${set} where ${keys.join(' and ')} and ${isAsSeen(table, row)};`;
}

/** The updates of a table; a row that was touched by now is left as it is, and counted. */
export function writeChanged(table: GapTable): string[] {
  const { name, changed } = table;
  if (changed.length === 0) return [];
  const updates = changed.flatMap((row) => [writeChange(table, row), ...counting]);
  return [block([...updates, tellMissing(name, changed.length, 'not changed: touched by now')])];
}
