import { asFields, type SqlFields } from '../../../src/domain/sql-tree.ts';
import { isNew } from '../lint/known.ts';
import { keyOf, partsOf, sayRelation } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const rename = (id: string, row: number, level: Rule['level'], sees: string, remedy: string): Rule => ({
  id,
  row,
  class: 'incompatible',
  level,
  sees,
  remedy,
});

const ADD_NEXT = 'Add the new one, write both, move readers, drop the old one in a later release.';

const rules = [
  rename('rename-column', 13, 'error', 'RENAME COLUMN, RENAME ATTRIBUTE', ADD_NEXT),
  rename(
    'rename-table',
    14,
    'error',
    'RENAME TO or SET SCHEMA on a table or view',
    'Make a view under the old name in the same file and say so in a waiver, or rename in a later release.',
  ),
  rename('rename-schema', 15, 'warning', 'ALTER SCHEMA … RENAME TO', ADD_NEXT),
  rename(
    'rename-enum-value',
    15,
    'warning',
    'ALTER TYPE … RENAME VALUE',
    'Add the new value beside the old.',
  ),
  rename('rename-other', 15, 'warning', 'RENAME or SET SCHEMA of types, functions, sequences', ADD_NEXT),
];

const TABLES = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);
const COLUMNS = new Set(['OBJECT_COLUMN', 'OBJECT_ATTRIBUTE']);
/** Nobody's query names these. */
const HARMLESS = new Set([
  'OBJECT_INDEX',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_DOMCONSTRAINT',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_RULE',
]);

function ruleOf(type: string): string | undefined {
  if (HARMLESS.has(type)) return undefined;
  if (COLUMNS.has(type)) return 'rename-column';
  if (TABLES.has(type)) return 'rename-table';
  return type === 'OBJECT_SCHEMA' ? 'rename-schema' : 'rename-other';
}

/** ALTER INDEX … RENAME takes a table too. */
function typeOf({ renameType, objectType }: SqlFields, isTable: boolean): string {
  const type = String(renameType ?? objectType);
  return type === 'OBJECT_INDEX' && isTable ? 'OBJECT_TABLE' : type;
}

const sayOld = (fields: SqlFields): string =>
  fields.relation === undefined
    ? String(fields.subname ?? partsOf(asFields(fields.object)).join('.'))
    : sayRelation(asFields(fields.relation));

function sayRename(rule: string, fields: SqlFields): string {
  const old = sayOld(fields);
  if (fields.newschema !== undefined) return `moves ${old} to the schema ${fields.newschema}`;
  const name = rule === 'rename-column' ? `${old}.${fields.subname}` : old;
  return `renames ${name} to ${fields.newname}`;
}

/** The code that is live asks for the old name (rows 13–15). */
export const renames: Family = {
  rules,
  inspect: ({ kind, fields, at }, known): readonly Hit[] => {
    if (kind === 'AlterEnumStmt' && fields.oldVal !== undefined)
      return [{ rule: 'rename-enum-value', at, said: `renames ${fields.oldVal} to ${fields.newVal}` }];
    if (kind !== 'RenameStmt' && kind !== 'AlterObjectSchemaStmt') return [];
    const key = keyOf(asFields(fields.relation));
    const rule = ruleOf(typeOf(fields, known.get(key) !== undefined));
    if (rule === undefined || isNew(known, key)) return [];
    return [{ rule, at, said: sayRename(rule, fields) }];
  },
};
