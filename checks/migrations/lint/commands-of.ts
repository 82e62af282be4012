import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { keyOf, sayRelation } from './names.ts';

/** One command of an ALTER TABLE. */
export interface TableCommand {
  readonly kind: string;
  /** Of the column or constraint. */
  readonly name: string;
  readonly fields: SqlFields;
  readonly column: SqlFields;
  readonly constraint: SqlFields;
  readonly table: string;
  readonly said: string;
  readonly isTable: boolean;
}

/** The commands of an ALTER TABLE, with the table they are about; none for other statements. */
export function commandsOf({ kind, fields }: SqlStatement): readonly TableCommand[] {
  if (kind !== 'AlterTableStmt') return [];
  const relation = asFields(fields.relation);
  return asList(fields.cmds).map((one) => {
    const command = asFields(one.AlterTableCmd);
    const def = asFields(command.def);
    return {
      kind: String(command.subtype),
      name: String(command.name ?? ''),
      fields: command,
      column: asFields(def.ColumnDef),
      constraint: asFields(def.Constraint),
      table: keyOf(relation),
      said: sayRelation(relation),
      isTable: fields.objtype !== 'OBJECT_TYPE',
    };
  });
}

/** Constraints that are written with a column. */
export const constraintsOf = (column: SqlFields): readonly SqlFields[] =>
  asList(column.constraints).map((one) => asFields(one.Constraint));
