import { fillBaseline } from './integrity.ts';

/** A reference between two tables; every name as it stands in SQL, quoted where it has to be. */
export interface Reference {
  /** How people find it: the name of the foreign key with its table, or what was configured. */
  readonly name: string;
  readonly from: string;
  readonly fromColumns: readonly string[];
  readonly to: string;
  readonly toColumns: readonly string[];
  /** MATCH FULL: a row that refers with some of its columns only is broken as well. */
  readonly isFull: boolean;
  /** True when PostgreSQL itself keeps it: validated, enforced, and not switched off. */
  readonly isGuarded: boolean;
}

/** Rows of a table up to a moment (E-26). */
export interface KeptRows {
  readonly table: string;
  readonly key?: string | undefined;
  readonly until?: string | undefined;
  readonly where?: string | undefined;
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quotePath = (path: string): string => path.split('.').map(quote).join('.');

const counting = ({ table, where }: KeptRows, at: number, bound: string): string => {
  const conditions = [bound, where === undefined ? '' : `(${fillBaseline(where, at)})`].filter(Boolean);
  const filter = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  return `select count(*) from ${quotePath(table)}${filter}`;
};

/** The largest key now; 0 for an empty table. */
export const largestKeySql = ({ table, key = '' }: KeptRows): string =>
  `select coalesce(max(${quote(key)}), 0) from ${quotePath(table)}`;

/** Rows up to the largest key, or up to the moment `at`; without either, all of them. */
export function countKeptSql(rows: KeptRows, at: number, largestKey: number): string {
  if (rows.key !== undefined) return counting(rows, at, `${quote(rows.key)} <= ${largestKey}`);
  return counting(rows, at, rows.until === undefined ? '' : `${quote(rows.until)} <= to_timestamp(${at})`);
}

/** All rows. */
export const countAllSql = (rows: KeptRows, at: number): string => counting(rows, at, '');

/** A configured reference, `table.column` to `table.column`: nothing guards it. */
export function referenceOf({ from, to }: { readonly from: string; readonly to: string }): Reference {
  const cut = (path: string) => [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)];
  const [fromTable = '', fromColumn = ''] = cut(from);
  const [toTable = '', toColumn = ''] = cut(to);
  return {
    name: `${from} to ${to}`,
    from: quotePath(fromTable),
    fromColumns: [quote(fromColumn)],
    to: quotePath(toTable),
    toColumns: [quote(toColumn)],
    isFull: false,
    isGuarded: false,
  };
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How many of the columns of a reference are there. */
export function countColumnsSql({ from, fromColumns, to, toColumns }: Reference): string {
  const of = (table: string, columns: readonly string[]): string =>
    `(select count(*) from pg_attribute where attrelid = to_regclass(${literal(table.replace(/^only /, ''))})
      and not attisdropped and quote_ident(attname) in (${columns.map(literal).join(', ')}))`;
  return `select ${of(from, fromColumns)} + ${of(to, toColumns)}`;
}

/** True when both say the same of the same columns, whatever they are called. */
export const isSameReference = (one: Reference, other: Reference): boolean =>
  [one.from, one.to, ...one.fromColumns, '', ...one.toColumns].join('\0') ===
  [other.from, other.to, ...other.fromColumns, '', ...other.toColumns].join('\0');

/** Rows that refer to one that is not there. A null refers to nothing, and breaks nothing. */
export function countOrphansSql({ from, fromColumns, to, toColumns, isFull }: Reference): string {
  const nulls = (is: string, joined: string) => fromColumns.map((column) => `f.${column} ${is}`).join(joined);
  const same = fromColumns.map((column, i) => `t.${toColumns[i]} = f.${column}`).join(' and ');
  const alone = `${nulls('is not null', ' and ')} and not exists (select from ${to} t where ${same})`;
  const partly = `(${nulls('is null', ' or ')}) and (${nulls('is not null', ' or ')})`;
  return `select count(*) from ${from} f where ${isFull ? `(${alone}) or (${partly})` : alone}`;
}
