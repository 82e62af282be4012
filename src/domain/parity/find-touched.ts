import type { CatalogueKind } from '../catalogue.ts';
import {
  asFields,
  asList,
  asText,
  type Fields,
  nameIn,
  relationOf,
  type Touch,
  touch,
  type Way,
  within,
} from './touch.ts';
import { TOUCHED_RIGHTS, touchPolicyRoles } from './touch-rights.ts';

/** A statement of a migration as PostgreSQL's own grammar reads it. */
export interface Statement {
  /** Kind of its node, like `AlterTableStmt`. */
  readonly kind: string;
  readonly fields: Fields;
  /** True in a block, which may find that there is nothing to do. */
  readonly isConditional: boolean;
}
/** Names that PostgreSQL makes up itself for what comes with a column or table. */
const besides = (table: string, column: string, way: Way): readonly Touch[] => {
  const bare = table.split('.').at(-1) ?? table;
  const kinds = ['constraint', 'index'] as const;
  return [
    ...kinds.map((kind) => touch(kind, `${table}.${bare}_${column}_*`, way)),
    touch('sequence', `${table}_${column}_seq*`, way),
  ];
};

const column = (table: string, name: string, way: Way): readonly Touch[] => [
  touch('column', `${table}.${name}`, way),
  ...besides(table, name, way),
];

function addConstraint(table: string, def: Fields): readonly Touch[] {
  const { conname, contype, keys } = within(def, 'Constraint');
  // Told with its column, not as a constraint.
  if (contype === 'CONSTR_NOTNULL') return [touch('column', `${table}.${nameIn(keys)}`, 'change')];
  const made = `${table.split('.').at(-1)}_*`;
  return [touch('constraint', `${table}.${asText(conname) || made}`, 'add')];
}

/** What one part of an ALTER TABLE does; parts that change the column they name are the rest. */
function touchByPart(table: string, { subtype, name, def }: Fields): readonly Touch[] {
  const named = asText(name);
  const what = asText(subtype);
  if (what === 'AT_AddColumn')
    return column(table, asText(within(asFields(def), 'ColumnDef').colname), 'add');
  if (what === 'AT_DropColumn') return column(table, named, 'drop');
  if (what === 'AT_AddConstraint') return addConstraint(table, asFields(def));
  if (what === 'AT_DropConstraint') return [touch('constraint', `${table}.${named}`, 'drop')];
  if (/Constraint$/.test(what)) return [touch('constraint', `${table}.${named}`, 'change')];
  if (/RowSecurity$/.test(what)) return [touch('row security', table, 'change')];
  if (/Trig/.test(what)) return [touch('trigger', `${table}.${named || '*'}`, 'change')];
  if (/Rule$/.test(what)) return [touch('rule', `${table}.${named}`, 'change')];
  // The partition is what becomes another thing; its parent stays what it is.
  if (/Partition/.test(what))
    return [touch('table', relationOf(within(within(asFields(def), 'PartitionCmd'), 'name')), 'change')];
  return named === '' ? [touch('table', table, 'change')] : column(table, named, 'change');
}

const alterTable = ({ relation, cmds }: Fields): readonly Touch[] =>
  asList(cmds).flatMap((one) => touchByPart(relationOf(asFields(relation)), within(one, 'AlterTableCmd')));

function createIndex({ relation, idxname, indexParams }: Fields): readonly Touch[] {
  const table = relationOf(asFields(relation));
  const columns = asList(indexParams).map((one) => asText(within(one, 'IndexElem').name) || 'expr');
  const made = `${table.split('.').at(-1)}_${columns.join('_')}_idx*`;
  return [touch('index', `${table}.${asText(idxname) || made}`, 'add')];
}

/** Kinds by the words of the grammar; an object of a table is named with it. */
const KINDS: Readonly<Record<string, CatalogueKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'view',
  OBJECT_FUNCTION: 'function',
  OBJECT_SCHEMA: 'schema',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_RULE: 'rule',
  OBJECT_EVENT_TRIGGER: 'event trigger',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_EXTENSION: 'extension',
  OBJECT_DOMAIN: 'domain',
};

/** A type is one of three things; which one, only the database knows. */
const dropType = (name: string): readonly Touch[] =>
  (['enum', 'type', 'domain'] as const).map((kind) => touch(kind, name, 'drop'));

function dropped(removeType: string, object: Fields): readonly Touch[] {
  const name =
    nameIn(within(object, 'List').items) ||
    nameIn(within(object, 'TypeName').names) ||
    nameIn(within(object, 'ObjectWithArgs').objname) ||
    asText(within(object, 'String').sval);
  if (removeType === 'OBJECT_TYPE') return dropType(name);
  const kind = KINDS[removeType];
  if (kind === undefined) return [];
  if (kind === 'index') return [touch(kind, `*.${name.split('.').at(-1)}`, 'drop')];
  return [touch(kind, kind === 'function' ? `${name}(*)` : name, 'drop')];
}

const drop = ({ removeType, objects }: Fields): readonly Touch[] =>
  asList(objects).flatMap((one) => dropped(asText(removeType), one));

function rename({ renameType, relation, subname, newname }: Fields): readonly Touch[] {
  const table = relationOf(asFields(relation));
  const [was, is, kind] = [asText(subname), asText(newname), KINDS[asText(renameType)]];
  const both = (made: CatalogueKind, before: string, after: string): readonly Touch[] => [
    touch(made, before, 'drop'),
    touch(made, after, 'add'),
  ];
  if (renameType === 'OBJECT_COLUMN') return both('column', `${table}.${was}`, `${table}.${is}`);
  if (renameType === 'OBJECT_TABCONSTRAINT') return both('constraint', `${table}.${was}`, `${table}.${is}`);
  if (kind === 'index') return both('index', `*.${table.split('.').at(-1)}`, `*.${is}`);
  if (kind === 'table' || kind === 'view' || kind === 'sequence')
    return both(kind, table, [...table.split('.').slice(0, -1), is].join('.'));
  return [];
}

const onTable = (kind: CatalogueKind, name: string, way: Way) => (fields: Fields, at: string) => [
  touch(kind, `${relationOf(asFields(fields[at]))}.${asText(fields[name])}`, way),
];

function createStatistics({ defnames, relations }: Fields): readonly Touch[] {
  const [table] = asList(relations).map((one) => relationOf(within(one, 'RangeVar')));
  return [touch('statistics', nameIn(defnames) || `${table ?? ''}_*`, 'add')];
}

const BY_STATEMENT: Readonly<Record<string, (fields: Fields) => readonly Touch[]>> = {
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,
  DropStmt: drop,
  RenameStmt: rename,
  CreateStmt: ({ relation }) => [touch('table', relationOf(asFields(relation)), 'add')],
  CreateEnumStmt: ({ typeName }) => [touch('enum', nameIn(typeName), 'add')],
  AlterEnumStmt: ({ typeName }) => [touch('enum', nameIn(typeName), 'change')],
  CompositeTypeStmt: ({ typevar }) => [touch('type', relationOf(asFields(typevar)), 'add')],
  CreateDomainStmt: ({ domainname }) => [touch('domain', nameIn(domainname), 'add')],
  AlterDomainStmt: ({ typeName }) => [touch('domain', nameIn(typeName), 'change')],
  CreateSeqStmt: ({ sequence }) => [touch('sequence', relationOf(asFields(sequence)), 'add')],
  AlterSeqStmt: ({ sequence }) => [touch('sequence', relationOf(asFields(sequence)), 'change')],
  ViewStmt: ({ view, replace }) => [
    touch('view', relationOf(asFields(view)), replace === true ? 'replace' : 'add'),
  ],
  CreateFunctionStmt: ({ funcname, replace }) => [
    touch('function', `${nameIn(funcname)}(*)`, replace === true ? 'replace' : 'add'),
  ],
  CreateTrigStmt: (fields) => onTable('trigger', 'trigname', 'replace')(fields, 'relation'),
  CreatePolicyStmt: (fields) => onTable('policy', 'policy_name', 'add')(fields, 'table'),
  AlterPolicyStmt: (fields) => [
    ...onTable('policy', 'policy_name', 'change')(fields, 'table'),
    ...touchPolicyRoles(fields),
  ],
  CreateSchemaStmt: ({ schemaname }) => [touch('schema', asText(schemaname), 'add')],
  CreateStatsStmt: createStatistics,
  AlterStatsStmt: ({ defnames }) => [touch('statistics', nameIn(defnames), 'change')],
  RuleStmt: (fields) =>
    onTable('rule', 'rulename', fields.replace === true ? 'replace' : 'add')(fields, 'relation'),
  CreateEventTrigStmt: ({ trigname }) => [touch('event trigger', asText(trigname), 'add')],
  AlterEventTrigStmt: ({ trigname }) => [touch('event trigger', asText(trigname), 'change')],
  ...TOUCHED_RIGHTS,
  CreateExtensionStmt: ({ extname }) => [touch('extension', asText(extname), 'add')],
};

const ifNeeded = (one: Touch): Touch => (one.way === 'add' ? { ...one, way: 'replace' } : one);

/** What these statements make, drop and change. Calls touch nothing here: what they do, only a rehearsal shows. */
export const findTouched = (statements: readonly Statement[]): readonly Touch[] =>
  statements.flatMap(({ kind, fields, isConditional }) => {
    const touches = BY_STATEMENT[kind]?.(fields) ?? [];
    return isConditional ? touches.map(ifNeeded) : touches;
  });
