import { plural } from '../plural.ts';
import {
  type BehindSequence,
  type ChangedRow,
  digestOf,
  GAP_SETTINGS,
  type Gap,
  type GapColumn,
  type GapOrigin,
  type GapTable,
} from './gap.ts';

/** Rows of one statement. A table that refers to itself takes all in one: its keys are checked at the statement's end. */
const ROWS_AT_ONCE = 500;

const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

// A comment ends with its line, and what follows would be run: a stranger's text may stand in names and keys.
const comment = (text: string): string => `-- ${text.replace(controls, ' ')}`;

const names = (columns: readonly GapColumn[]): string[] => columns.map(({ quoted }) => quoted);

function chunk<T>(list: readonly T[], size: number): (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let from = 0; from < list.length; from += size) chunks.push(list.slice(from, from + size));
  return chunks;
}

const writeLost = ({ quoted, columns, lost, refersToItself }: GapTable): string[] =>
  chunk(lost, refersToItself ? lost.length || 1 : ROWS_AT_ONCE).map((rows) => {
    const values = rows.map((row) => `  (${row.values.join(', ')})`).join(',\n');
    const into = `insert into ${quoted} (${names(columns).join(', ')}) overriding system value values`;
    return `${into}\n${values}\non conflict (${names(columns.filter(({ isKey }) => isKey)).join(', ')}) do nothing;`;
  });

function writeChanged({ quoted, columns }: GapTable, { values, seen }: ChangedRow): string {
  const pairs = columns.map((column, at) => ({ ...column, value: values[at] ?? 'null' }));
  const sets = pairs.filter(({ isKey }) => !isKey).map((one) => `${one.quoted} = ${one.value}`);
  const keys = pairs.filter(({ isKey }) => isKey).map((one) => `t.${one.quoted} = ${one.value}`);
  const guard = `${digestOf('t', names(columns))} = '${seen}'`;
  return `update only ${quoted} as t set ${sets.join(', ')}\n  where ${keys.join(' and ')}\n  and ${guard};`;
}

/** For a person to uncomment: one line each, so that no key can end the comment. */
function writeDeleted({ name, quoted, columns, deleted }: GapTable): string[] {
  const keys = columns.filter(({ isKey }) => isKey);
  const types = keys.map((one) => `${one.quoted} ${one.type}`).join(', ');
  const same = keys.map((one) => `t.${one.quoted} = k.${one.quoted}`).join(' and ');
  return deleted.length === 0
    ? []
    : [
        comment(`${name}: ${plural(deleted.length, 'row')} deleted in the gap, back since the restore.`),
        ...deleted.map(({ literal }) =>
          comment(
            `delete from only ${quoted} as t using jsonb_to_record(${literal}) as k(${types}) where ${same};`,
          ),
        ),
      ];
}

const writeConflicts = ({ name, conflicts }: GapTable): string[] =>
  conflicts.map(({ key, why }) => comment(`${name} ${key}: ${why}`));

const writeSequence = ({ quoted, literal, to, goesUp }: BehindSequence): string =>
  `select setval(${literal}, ${goesUp ? 'greatest' : 'least'}(${to}, (select last_value from ${quoted})));`;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', comment(title), ...lines];

const head = ({ env, run, keptAs, at }: GapOrigin): string[] => [
  comment(`Rows of ${env} that the restore of run ${run} took: written after ${at}, read from ${keptAs}.`),
  comment('It holds data of your users: keep it as you keep the database, and delete it afterwards.'),
  comment(
    'All or nothing, and a second time changes nothing. Triggers of the tables run as for any other write.',
  ),
  "set client_encoding to 'UTF8';",
  'begin;',
  ...Object.entries(GAP_SETTINGS).map(([name, value]) => `set local ${name} to '${value}';`),
  'set constraints all deferred;',
];

/**
 * The SQL that brings a gap back: lost rows (parents first), then changes of rows that nobody has touched since, then
 * sequences. Conflicts and deletions stand in it as comments alone: a person decides them.
 */
export function writeGapSql({ tables, uncompared, sequences }: Gap, origin: GapOrigin): string {
  const backwards = [...tables].reverse();
  const lines = [
    ...head(origin),
    ...section('Lost rows', tables.flatMap(writeLost)),
    ...section(
      'Changes that were lost',
      tables.flatMap((table) => table.changed.map((row) => writeChanged(table, row))),
    ),
    ...section('Sequences', sequences.map(writeSequence)),
    '',
    'commit;',
    ...section('For a person: in conflict, not in the statements above', tables.flatMap(writeConflicts)),
    ...section(
      'For a person: take the two dashes away from what shall be deleted',
      backwards.flatMap(writeDeleted),
    ),
    ...section(
      'For a person: not compared',
      uncompared.map(({ name, rows, why }) =>
        comment(`${name}: ${plural(rows, 'row')} written in the gap; ${why}`),
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
