import { plural } from '../plural.ts';
import type { Gap, GapOrigin, GapTable } from './gap.ts';
import { comment, names, onOneLine } from './sql-text.ts';
import { isAsSeen, writeChange } from './write-rows.ts';

const writeHeld = (table: GapTable): string[] =>
  table.changed.map((row) => comment(writeChange(table, { ...row, values: row.values.map(onOneLine) })));

/** One line each, so that no key can end the comment. */
function writeDeleted(table: GapTable): string[] {
  const { name, quoted, columns, deleted, followers } = table;
  if (deleted.length === 0) return [];
  const keys = columns.filter(({ isKey }) => isKey);
  const types = keys.map((one) => `${one.quoted} ${one.type}`).join(', ');
  const same = keys.map((one) => `t.${one.quoted} = k.${one.quoted}`).join(' and ');
  const along =
    followers.length === 0 ? '' : ` Their rows in ${followers.join(', ')} go with them, or change.`;
  return [
    comment(`${name}: ${plural(deleted.length, 'row')} deleted in the gap, back since the restore.${along}`),
    ...deleted.map((row) => {
      const from = `delete from only ${quoted} as t using jsonb_to_record(${onOneLine(row.literal)}) as k(${types})`;
      return comment(`${from} where ${same} and ${isAsSeen(table, row)};`);
    }),
  ];
}

const writeConflicts = ({ name, columns, conflicts }: GapTable): string[] =>
  conflicts.flatMap(({ key, why, values }) => [
    comment(`${name} ${key}: ${why}`),
    comment(`  kept: (${names(columns).join(', ')}) = (${values.map(onOneLine).join(', ')})`),
  ]);

const sayRows = (rows: number | undefined): string =>
  rows === undefined
    ? 'nobody could count what was written in the gap'
    : `${plural(rows, 'row')} written in the gap`;

const sayLeftOut = ({ name, leftOut, written }: GapTable): string[] =>
  leftOut.length === 0
    ? []
    : [
        comment(
          `${name}: ${leftOut.join(', ')} of ${plural(written, 'row')} written in the gap cannot come back`,
        ),
      ];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', comment(`For a person: ${title}`), ...lines];

/** What stands below `commit`, as comments: each of it somebody has to decide. */
export function writeDecisions(gap: Gap, { holdsChanges }: GapOrigin): string[] {
  const { tables, uncompared, since, unreadSequences } = gap;
  const held = holdsChanges === undefined ? [] : tables.flatMap(writeHeld);
  return [
    ...section(
      `changes, not made above because ${holdsChanges}; take the two dashes away from what is right`,
      held,
    ),
    ...section('in conflict, not in the statements above', tables.flatMap(writeConflicts)),
    ...section(
      'take the two dashes away from what shall be deleted',
      [...tables].reverse().flatMap(writeDeleted),
    ),
    ...section('there now alone and written since: new, or deleted in the gap and touched since', [
      ...since.map(({ name, rows }) => comment(`${name}: ${plural(rows, 'row')}`)),
    ]),
    ...section('not compared', [
      ...uncompared.map(({ name, rows, why }) => comment(`${name}: ${sayRows(rows)}; ${why}`)),
      ...tables.flatMap(sayLeftOut),
      ...unreadSequences.map((name) => comment(`${name}: the role may not read where it stands; not raised`)),
    ]),
  ];
}
