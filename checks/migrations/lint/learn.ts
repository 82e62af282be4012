import { asFields, asList, entryOf, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { isNew, type Known, type KnownTable } from './known.ts';
import { keyOf, keyOfParts, partsOf } from './names.ts';
import { provenColumn } from './proven-column.ts';
import { readPath } from './read-path.ts';
import { typeOf } from './sql-type.ts';

const UNNAMED = 'unnamed ';

function forgetUnnamed({ proofs }: KnownTable): void {
  for (const name of proofs.keys()) if (name.startsWith(UNNAMED)) proofs.delete(name);
}

function learnColumn(table: KnownTable, column: SqlFields): void {
  table.columns.set(String(column.colname), typeOf(asFields(column.typeName)));
}

function learnConstraint(table: KnownTable, constraint: SqlFields): void {
  const isValid = constraint.skip_validation !== true;
  const name = String(constraint.conname ?? `${UNNAMED}${table.proofs.size}`);
  table.proofs.set(name, { column: provenColumn(constraint), isValid, isHere: true });
}

const ALTER: Readonly<Record<string, (table: KnownTable, name: string, def: SqlFields) => void>> = {
  AT_AddColumn: (table, _, def) => learnColumn(table, asFields(def.ColumnDef)),
  AT_DropColumn: (table, name) => {
    table.columns.delete(name);
    // A constraint on it goes with it.
    for (const [constraint, { column }] of table.proofs) if (column === name) table.proofs.delete(constraint);
  },
  AT_AlterColumnType: (table, name, def) =>
    table.columns.set(name, typeOf(asFields(asFields(def.ColumnDef).typeName))),
  AT_AddConstraint: (table, _, def) => learnConstraint(table, asFields(def.Constraint)),
  AT_DropConstraint: (table, name) => {
    // One without a name in the files has a name in the database: it may be any of them.
    if (!table.proofs.delete(name)) forgetUnnamed(table);
  },
  AT_ValidateConstraint: (table, name) => {
    const proof = table.proofs.get(name);
    if (proof) table.proofs.set(name, { ...proof, isValid: true });
  },
};

/** Old rows that a new table takes in are as old as before: what empties or drops it takes them along. */
function learnRows(known: Known, key: string, { subtype, def }: SqlFields): void {
  const other = (relation: unknown): string => keyOf(asFields(relation));
  const [parent, child] =
    subtype === 'AT_AttachPartition'
      ? [key, other(asFields(asFields(def).PartitionCmd).name)]
      : [other(asFields(def).RangeVar), key];
  if (subtype !== 'AT_AttachPartition' && subtype !== 'AT_AddInherit') return;
  if (!isNew(known, child)) known.tableOf(parent).isNew = false;
}

function learnAlter(known: Known, { relation, cmds }: SqlFields): void {
  const key = keyOf(asFields(relation));
  const table = known.tableOf(key);
  for (const command of asList(cmds).map((one) => asFields(one.AlterTableCmd))) {
    ALTER[String(command.subtype)]?.(table, String(command.name), asFields(command.def));
    learnRows(known, key, command);
  }
}

function learnColumnName(table: KnownTable | undefined, { subname, newname }: SqlFields): void {
  if (table === undefined) return;
  const [from, to] = [String(subname), String(newname)];
  for (const [name, proof] of table.proofs)
    if (proof.column === from) table.proofs.set(name, { ...proof, column: to });
  moveKey(table.columns, from, to);
}

function moveKey<T>(map: Map<string, T>, from: string, to: string): void {
  const value = map.get(from);
  if (value === undefined) return;
  map.delete(from);
  map.set(to, value);
}

function learnConstraintName(table: KnownTable | undefined, { subname, newname }: SqlFields): void {
  if (table !== undefined) moveKey(table.proofs, String(subname), String(newname));
}

const ADDS_CHECK = 'C';
const SETS_NOT_NULL = 'O';

function learnDomain(known: Known, name: string, constraints: readonly SqlFields[]): void {
  const types = constraints.map(({ contype }) => String(contype));
  if (!types.includes('CONSTR_CHECK') && !types.includes('CONSTR_NOTNULL')) return;
  const isRequired = types.includes('CONSTR_NOTNULL') || known.domains.get(name)?.isRequired === true;
  known.domains.set(name, { isRequired });
}

function learnAlteredDomain(known: Known, { subtype, typeName, def }: SqlFields): void {
  const name = textOf(asList(typeName).at(-1));
  if (subtype === SETS_NOT_NULL) learnDomain(known, name, [{ contype: 'CONSTR_NOTNULL' }]);
  if (subtype === ADDS_CHECK) learnDomain(known, name, [asFields(asFields(def).Constraint)]);
}

const RENAME: Readonly<Record<string, (known: Known, fields: SqlFields) => void>> = {
  OBJECT_TABLE: (known, { relation, newname }) => known.rename(keyOf(asFields(relation)), String(newname)),
  OBJECT_COLUMN: (known, fields) => learnColumnName(known.get(keyOf(asFields(fields.relation))), fields),
  OBJECT_TABCONSTRAINT: (known, fields) =>
    learnConstraintName(known.get(keyOf(asFields(fields.relation))), fields),
  OBJECT_TYPE: (known, { object, newname }) =>
    known.renameType(partsOf(asFields(object)).at(-1) ?? '', String(newname)),
  OBJECT_DOMAIN: (known, { object, newname }) =>
    known.renameType(partsOf(asFields(object)).at(-1) ?? '', String(newname)),
};

function makeTable(known: Known, relation: unknown): KnownTable {
  const fields = asFields(relation);
  return known.make(keyOf(fields), fields.relpersistence === 't' || fields.schemaname === 'pg_temp');
}

function learnCreate(known: Known, fields: SqlFields): void {
  // IF NOT EXISTS may find a table that is old and full.
  if (fields.if_not_exists === true) return;
  const table = makeTable(known, fields.relation);
  table.isPartitioned = fields.partspec !== undefined;
  for (const [kind, element] of asList(fields.tableElts).map(entryOf)) {
    if (kind === 'ColumnDef') learnColumn(table, element);
    if (kind === 'Constraint') learnConstraint(table, element);
  }
}

const LEARN: Readonly<Record<string, (known: Known, fields: SqlFields) => void>> = {
  CreateStmt: learnCreate,
  CreateTableAsStmt: (known, { into, if_not_exists }) => {
    if (if_not_exists !== true) makeTable(known, asFields(into).rel);
  },
  SelectStmt: (known, { intoClause }) => {
    if (intoClause !== undefined) makeTable(known, asFields(intoClause).rel);
  },
  RenameStmt: (known, fields) => RENAME[String(fields.renameType)]?.(known, fields),
  AlterTableStmt: learnAlter,
  CreateDomainStmt: (known, { domainname, constraints }) =>
    learnDomain(
      known,
      textOf(asList(domainname).at(-1)),
      asList(constraints).map((one) => asFields(one.Constraint)),
    ),
  AlterDomainStmt: learnAlteredDomain,
  CreateFunctionStmt: (known, { replace, funcname }) => {
    if (replace === true) known.forgetBody(textOf(asList(funcname).at(-1)));
  },
  DropStmt: (known, { objects }) => {
    for (const object of asList(objects)) known.forget(keyOfParts(partsOf(object)));
  },
};

/** What a block does may depend on anything: what was known of its table is known no more. */
function forgetTable(known: Known, { relation, objects }: SqlFields): void {
  known.forget(keyOf(asFields(relation)));
  for (const object of asList(objects)) known.forget(keyOfParts(partsOf(object)));
}

/** Takes a statement into what is known; what a function holds may run or not, and is kept until one calls it. */
export function learn(known: Known, statement: SqlStatement): void {
  const { kind, fields, origin } = statement;
  if (origin === 'function') known.learnBody(statement);
  if (origin === 'file') LEARN[kind]?.(known, fields);
  if (origin === 'block') forgetTable(known, fields);
  const path = readPath(statement);
  if (path !== undefined) known.followPath(path.schema);
}
