import { asFields, asList, entryOf, type SqlFields, textOf } from './sql-tree.ts';

/** A node of the parse tree: its kind is its only key. */
export type Node = SqlFields;

const hasOption = (fields: SqlFields, list: string, name: string): boolean =>
  asList(fields[list]).some((one) => asFields(one.DefElem).defname === name);

const isConcurrentDetach = (fields: SqlFields): boolean =>
  asList(fields.cmds).some(
    (one) => asFields(asFields(asFields(one.AlterTableCmd).def).PartitionCmd).concurrent === true,
  );

const WHOLE = new Set(['REINDEX_OBJECT_SCHEMA', 'REINDEX_OBJECT_SYSTEM', 'REINDEX_OBJECT_DATABASE']);

/** Kinds that never run in a transaction. */
const NEVER_INSIDE = new Set([
  'AlterSystemStmt',
  'CreateSubscriptionStmt',
  'CreateTableSpaceStmt',
  'CreatedbStmt',
  'DropSubscriptionStmt',
  'DropTableSpaceStmt',
  'DropdbStmt',
]);

/** Kinds that never run in a transaction when they are written in a certain way. */
const SOMETIMES: Readonly<Record<string, (fields: SqlFields) => boolean>> = {
  VacuumStmt: (fields) => fields.is_vacuumcmd === true,
  ReindexStmt: (fields) => WHOLE.has(String(fields.kind)),
  ClusterStmt: (fields) => fields.relation === undefined,
  DiscardStmt: (fields) => fields.target === 'DISCARD_ALL',
  AlterDatabaseStmt: (fields) => hasOption(fields, 'options', 'tablespace'),
};

/** What waits for other transactions while it lets them work. */
const CONCURRENT: Readonly<Record<string, (fields: SqlFields) => boolean>> = {
  IndexStmt: (fields) => fields.concurrent === true,
  DropStmt: (fields) => fields.concurrent === true,
  ReindexStmt: (fields) => hasOption(fields, 'params', 'concurrently'),
  AlterTableStmt: isConcurrentDetach,
};

/** How a statement may run; `control` is BEGIN, COMMIT and their kind. */
export function wayOf(node: Node): 'inside' | 'outside' | 'concurrent' | 'control' {
  const [kind, fields] = entryOf(node);
  if (kind === 'TransactionStmt') return 'control';
  if (CONCURRENT[kind]?.(fields) === true) return 'concurrent';
  return NEVER_INSIDE.has(kind) || SOMETIMES[kind]?.(fields) === true ? 'outside' : 'inside';
}

const lastName = (names: readonly SqlFields[]): string => textOf(names.at(-1));

/** Bare names of indexes that a statement makes; one without a name is known to the server alone. */
export function namesMade(node: Node): readonly string[] {
  const [kind, fields] = entryOf(node);
  return kind === 'IndexStmt' && typeof fields.idxname === 'string' ? [fields.idxname] : [];
}

/** Bare names of indexes that a statement drops or makes anew. */
export function namesTaken(node: Node): readonly string[] {
  const [kind, fields] = entryOf(node);
  if (kind === 'DropStmt' && fields.removeType === 'OBJECT_INDEX')
    return asList(fields.objects).map((one) => lastName(asList(asFields(one.List).items)));
  if (kind === 'ReindexStmt' && fields.kind === 'REINDEX_OBJECT_INDEX')
    return [String(asFields(fields.relation).relname)];
  return [];
}
