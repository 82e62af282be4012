import { asFields, asList, entryOf, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { type Known, type KnownTable, tableOf } from './known.ts';
import { keyOf, keyOfParts, partsOf } from './names.ts';
import { provenColumn } from './proven-column.ts';
import { typeOf } from './sql-type.ts';

function learnColumn(table: KnownTable, column: SqlFields): void {
  table.columns.set(String(column.colname), typeOf(asFields(column.typeName)));
}

function learnConstraint(table: KnownTable, constraint: SqlFields): void {
  const isValid = constraint.skip_validation !== true;
  const name = String(constraint.conname ?? `unnamed ${table.proofs.size}`);
  table.proofs.set(name, { column: provenColumn(constraint), isValid, isHere: true });
}

const ALTER: Readonly<Record<string, (table: KnownTable, name: string, def: SqlFields) => void>> = {
  AT_AddColumn: (table, _, def) => learnColumn(table, asFields(def.ColumnDef)),
  AT_DropColumn: (table, name) => table.columns.delete(name),
  AT_AlterColumnType: (table, name, def) =>
    table.columns.set(name, typeOf(asFields(asFields(def.ColumnDef).typeName))),
  AT_AddConstraint: (table, _, def) => learnConstraint(table, asFields(def.Constraint)),
  AT_DropConstraint: (table, name) => table.proofs.delete(name),
  AT_ValidateConstraint: (table, name) => {
    const proof = table.proofs.get(name);
    if (proof) table.proofs.set(name, { ...proof, isValid: true });
  },
};

function learnAlter(known: Known, { relation, cmds }: SqlFields): void {
  const table = tableOf(known, keyOf(asFields(relation)));
  for (const command of asList(cmds).map((one) => asFields(one.AlterTableCmd)))
    ALTER[String(command.subtype)]?.(table, String(command.name), asFields(command.def));
}

function learnRename(known: Known, { relation, renameType, subname, newname }: SqlFields): void {
  const key = keyOf(asFields(relation));
  const table = known.get(key);
  if (table === undefined) return;
  if (renameType === 'OBJECT_TABLE') {
    known.delete(key);
    known.set(`${key.slice(0, key.indexOf('.'))}.${newname}`, table);
  }
  const type = table.columns.get(String(subname));
  if (renameType !== 'OBJECT_COLUMN' || type === undefined) return;
  table.columns.delete(String(subname));
  table.columns.set(String(newname), type);
}

function makeTable(known: Known, relation: unknown): KnownTable {
  const key = keyOf(asFields(relation));
  const isTemporary = asFields(relation).relpersistence === 't';
  // A temporary table hides the one of its name; `public.name` still means the old one.
  if (isTemporary && known.has(key)) return tableOf(new Map(), key);
  known.delete(key);
  const table = tableOf(known, key);
  table.isNew = true;
  return table;
}

function learnCreate(known: Known, fields: SqlFields): void {
  // IF NOT EXISTS may find a table that is old and full.
  if (fields.if_not_exists === true) return;
  const table = makeTable(known, fields.relation);
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
  RenameStmt: learnRename,
  AlterTableStmt: learnAlter,
  DropStmt: (known, { objects }) => {
    for (const object of asList(objects)) known.delete(keyOfParts(partsOf(object)));
  },
};

/** What a block does may depend on anything: what was known of its table is known no more. */
function forgetTable(known: Known, { relation, objects }: SqlFields): void {
  known.delete(keyOf(asFields(relation)));
  for (const object of asList(objects)) known.delete(keyOfParts(partsOf(object)));
}

/** Takes a statement into what is known; of functions, which may run or not, it learns nothing. */
export function learn(known: Known, { kind, fields, origin }: SqlStatement): void {
  if (origin === 'file') LEARN[kind]?.(known, fields);
  if (origin === 'block') forgetTable(known, fields);
}
