import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { commandsOf } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
import { keyOfParts, partsOf } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const LATER = 'Stop using it in this release; drop it in a later one.';
const drop = (id: string, row: number, level: Rule['level'], sees: string, remedy = LATER): Rule => ({
  id,
  row,
  class: level === 'error' ? 'destructive' : 'incompatible',
  level,
  sees,
  remedy,
});

const rules = [
  drop('drop-table', 1, 'error', 'DROP TABLE, DROP FOREIGN TABLE'),
  drop('drop-column', 2, 'error', 'ALTER TABLE … DROP COLUMN'),
  drop('drop-schema', 3, 'error', 'DROP SCHEMA'),
  drop('drop-database', 4, 'error', 'DROP DATABASE', 'A migration never drops a database. Take it out.'),
  drop('drop-owned', 4, 'error', 'DROP OWNED BY', 'Name what is to go, one by one.'),
  drop(
    'drop-cascade',
    8,
    'error',
    'CASCADE on any drop',
    'Drop what depends on it by name, without CASCADE.',
  ),
  drop('drop-type', 9, 'error', 'DROP TYPE, DROP DOMAIN'),
  drop('drop-view', 10, 'warning', 'DROP VIEW, DROP MATERIALIZED VIEW'),
  drop('drop-function', 10, 'warning', 'DROP FUNCTION, PROCEDURE, ROUTINE, AGGREGATE'),
  drop('drop-trigger', 10, 'warning', 'DROP TRIGGER, DROP RULE, DROP EVENT TRIGGER'),
  drop('drop-extension', 10, 'warning', 'DROP EXTENSION'),
  drop('drop-other', 10, 'warning', 'any other DROP, like a sequence or a role'),
];

const OF_TYPE: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'drop-table',
  OBJECT_FOREIGN_TABLE: 'drop-table',
  OBJECT_SCHEMA: 'drop-schema',
  OBJECT_TYPE: 'drop-type',
  OBJECT_DOMAIN: 'drop-type',
  OBJECT_VIEW: 'drop-view',
  OBJECT_MATVIEW: 'drop-view',
  OBJECT_FUNCTION: 'drop-function',
  OBJECT_PROCEDURE: 'drop-function',
  OBJECT_ROUTINE: 'drop-function',
  OBJECT_AGGREGATE: 'drop-function',
  OBJECT_TRIGGER: 'drop-trigger',
  OBJECT_EVENT_TRIGGER: 'drop-trigger',
  OBJECT_RULE: 'drop-trigger',
  OBJECT_EXTENSION: 'drop-extension',
};

/** Indexes and policies have rules of their own. */
const ELSEWHERE = new Set(['OBJECT_INDEX', 'OBJECT_POLICY']);
/** What a table takes along is new when the table is: the name of the table comes first. */
const ON_TABLE = new Set(['OBJECT_TRIGGER', 'OBJECT_RULE', 'OBJECT_POLICY']);
const TABLES = new Set(['OBJECT_TABLE', 'OBJECT_FOREIGN_TABLE', 'OBJECT_MATVIEW', ...ON_TABLE]);

const KINDS: Readonly<Record<string, string>> = {
  DropdbStmt: 'drop-database',
  DropOwnedStmt: 'drop-owned',
  DropRoleStmt: 'drop-other',
  DropTableSpaceStmt: 'drop-other',
  DropSubscriptionStmt: 'drop-other',
  DropUserMappingStmt: 'drop-other',
};

const tableKey = (type: string, parts: readonly string[]): string =>
  keyOfParts(ON_TABLE.has(type) ? parts.slice(0, -1) : parts);

const sayType = (type: string): string => type.replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();

function inspectDrop(at: number, fields: SqlFields, known: Known): readonly Hit[] {
  const type = String(fields.removeType);
  const old = asList(fields.objects)
    .map(partsOf)
    .filter((parts) => !(TABLES.has(type) && isNew(known, tableKey(type, parts))));
  const hits = ELSEWHERE.has(type)
    ? []
    : old.map((parts) => ({
        rule: OF_TYPE[type] ?? 'drop-other',
        at,
        said: `drops the ${sayType(type)} ${parts.join('.')}`,
      }));
  const isCascade = fields.behavior === 'DROP_CASCADE' && old.length > 0;
  return isCascade ? [...hits, { rule: 'drop-cascade', at, said: 'drops whatever depends on it' }] : hits;
}

function inspectAlter(statement: SqlStatement, known: Known): readonly Hit[] {
  const { at } = statement;
  return commandsOf(statement)
    .filter(({ kind, table }) => /^AT_Drop(Column|Constraint)$/.test(kind) && !isNew(known, table))
    .flatMap(({ kind, name, said, fields }) => [
      ...(kind === 'AT_DropColumn' ? [{ rule: 'drop-column', at, said: `drops ${said}.${name}` }] : []),
      ...(fields.behavior === 'DROP_CASCADE'
        ? [{ rule: 'drop-cascade', at, said: `drops whatever depends on ${name}` }]
        : []),
    ]);
}

/** What is gone afterwards (rows 1–4, 8–10). */
export const drops: Family = {
  rules,
  inspect: (statement, known) => {
    const { kind, fields, at } = statement;
    if (kind === 'DropStmt') return inspectDrop(at, fields, known);
    if (kind === 'AlterTableStmt') return inspectAlter(statement, known);
    const rule = KINDS[kind];
    if (rule === undefined) return [];
    const name = fields.dbname ?? asFields(fields.role).rolename ?? '';
    return [{ rule, at, said: `${sayKind(kind)} ${name}`.trim() }];
  },
};

const sayKind = (kind: string): string =>
  kind === 'DropdbStmt' ? 'drops the database' : `drops ${kind.replace(/^Drop|Stmt$/g, '').toLowerCase()}`;
