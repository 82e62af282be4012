import { asFields, asList, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { commandsOf } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
import { keyOf, sayRelation } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const heavy = (id: string, kind: Rule['class'], sees: string, remedy: string): Rule => ({
  id,
  row: 29,
  class: kind,
  level: 'warning',
  sees,
  remedy,
});

const rules = [
  heavy('reindex', 'locking', 'REINDEX without CONCURRENTLY', 'REINDEX … CONCURRENTLY in a file of its own.'),
  heavy('vacuum-full', 'rewrite', 'VACUUM FULL', 'Leave it to autovacuum, or do it outside of a release.'),
  heavy('cluster', 'rewrite', 'CLUSTER', 'Do it outside of a release.'),
  heavy('lock-table', 'locking', 'LOCK TABLE', 'Let statements take the locks that they need.'),
  heavy(
    'refresh-matview',
    'locking',
    'REFRESH MATERIALIZED VIEW without CONCURRENTLY',
    'Give the view a unique index and refresh it CONCURRENTLY.',
  ),
  heavy(
    'rewrite-table',
    'rewrite',
    'SET LOGGED, UNLOGGED, TABLESPACE, ACCESS METHOD, EXPRESSION',
    'Do it outside of a release.',
  ),
  heavy(
    'detach-partition',
    'incompatible',
    'DETACH PARTITION, NO INHERIT',
    'DETACH … CONCURRENTLY, when nothing reads these rows any more.',
  ),
  heavy(
    'attach-partition',
    'locking',
    'ATTACH PARTITION of a table that is there, CREATE TABLE … PARTITION OF one that is there',
    'Make the table by itself with a valid CHECK of its bounds, then ATTACH it; a DEFAULT partition is read as a whole.',
  ),
];

const OFF = /^(?:false|off|0)$/i;

/** `(FULL false)` asks for nothing. */
const hasOption = (fields: SqlFields, list: string, name: string): boolean =>
  asList(fields[list]).some((one) => {
    const { defname, arg } = asFields(one.DefElem);
    return defname === name && !OFF.test(textOf(arg)) && asFields(arg).Integer === undefined;
  });

const KINDS: Readonly<Record<string, readonly [rule: string, said: string]>> = {
  ReindexStmt: ['reindex', 'builds indexes anew and stops writes'],
  VacuumStmt: ['vacuum-full', 'writes the table anew under a lock that stops everybody'],
  ClusterStmt: ['cluster', 'writes the table anew under a lock that stops everybody'],
  LockStmt: ['lock-table', 'holds a table until the file ends'],
  RefreshMatViewStmt: ['refresh-matview', 'stops readers of the view until it is filled'],
  AlterTableMoveAllStmt: [
    'rewrite-table',
    'copies every table of a tablespace under locks that stop everybody',
  ],
};

const EXEMPT: Readonly<Record<string, (fields: SqlFields) => boolean>> = {
  ReindexStmt: (fields) => hasOption(fields, 'params', 'concurrently'),
  VacuumStmt: (fields) => !hasOption(fields, 'options', 'full'),
  RefreshMatViewStmt: (fields) => fields.concurrent === true || fields.skipData === true,
};

const COMMANDS: Readonly<Record<string, readonly [rule: string, said: string]>> = {
  AT_SetLogged: ['rewrite-table', 'writes the table anew'],
  AT_SetUnLogged: ['rewrite-table', 'writes the table anew'],
  AT_SetTableSpace: ['rewrite-table', 'copies the table under a lock that stops everybody'],
  AT_SetAccessMethod: ['rewrite-table', 'writes the table anew'],
  AT_SetExpression: ['rewrite-table', 'fills the column and writes the table anew'],
  AT_DropInherit: ['detach-partition', 'takes its rows away from readers of the parent'],
  AT_DetachPartition: ['detach-partition', 'takes the rows of a partition away from readers'],
};

/** A new partition stops everybody at its parent; an old table that becomes one is read as a whole. */
function inspectPartition(statement: SqlStatement, known: Known): readonly Hit[] {
  const { kind, fields, at } = statement;
  const rule = 'attach-partition';
  if (kind === 'CreateStmt' && fields.partbound !== undefined)
    return asList(fields.inhRelations)
      .map((one) => asFields(one.RangeVar))
      .filter((parent) => !isNew(known, keyOf(parent)))
      .map((parent) => ({ rule, at, said: `stops everybody at ${sayRelation(parent)} until the file ends` }));
  return commandsOf(statement)
    .filter((one) => one.kind === 'AT_AttachPartition')
    .map(({ fields: command }) => asFields(asFields(asFields(command.def).PartitionCmd).name))
    .filter((child) => !isNew(known, keyOf(child)))
    .map((child) => ({
      rule,
      at,
      said: `reads all of ${sayRelation(child)} under a lock that stops everybody`,
    }));
}

const isMade = (fields: SqlFields, known: Known): boolean =>
  isNew(known, keyOf(asFields(fields.relation))) ||
  (asList(fields.relations).length > 0 &&
    asList(fields.relations).every((one) => isNew(known, keyOf(asFields(one.RangeVar)))));

/** What takes long or locks hard by its nature (row 29). */
export const heavyWork: Family = {
  rules,
  inspect: (statement, known): readonly Hit[] => {
    const { kind, fields, at } = statement;
    const own = KINDS[kind];
    if (own !== undefined && EXEMPT[kind]?.(fields) !== true && !isMade(fields, known))
      return [{ rule: own[0], at, said: own[1] }];
    const attached = inspectPartition(statement, known);
    const hits = commandsOf(statement).flatMap((command) => {
      const found = isNew(known, command.table) ? undefined : COMMANDS[command.kind];
      return found === undefined ? [] : [{ rule: found[0], at, said: `${found[1]} (${command.said})` }];
    });
    return [...attached, ...hits];
  },
};
