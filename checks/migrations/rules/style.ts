import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { commandsOf, constraintsOf } from '../lint/commands-of.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';
import { typeOf } from '../lint/sql-type.ts';

const style = (id: string, sees: string, remedy: string): Rule => ({
  id,
  row: 37,
  class: 'safe',
  level: 'note',
  isStyle: true,
  sees,
  remedy,
});

const rules = [
  style('json-column', 'a new column of json', 'jsonb can be compared and indexed.'),
  style('timestamp-without-tz', 'a new column of timestamp', 'timestamptz is a moment; timestamp is none.'),
  style('char-column', 'a new column of char(n)', 'text with a CHECK; char(n) pads with blanks.'),
  style('int-pk', 'a new primary key of integer or serial', 'bigint: an integer key ends at 2 147 483 647.'),
];

const OF_TYPE: Readonly<Record<string, string>> = {
  json: 'json-column',
  timestamp: 'timestamp-without-tz',
  bpchar: 'char-column',
};

const columnsOf = (statement: SqlStatement): readonly SqlFields[] =>
  statement.kind === 'CreateStmt'
    ? asList(statement.fields.tableElts).flatMap((one) => (one.ColumnDef ? [asFields(one.ColumnDef)] : []))
    : commandsOf(statement)
        .filter(({ kind }) => kind === 'AT_AddColumn')
        .map(({ column }) => column);

function inspectColumn(column: SqlFields, at: number): readonly Hit[] {
  const { name } = typeOf(asFields(column.typeName));
  const isKey = constraintsOf(column).some((one) => one.contype === 'CONSTR_PRIMARY');
  const rule = OF_TYPE[name] ?? (isKey && /^int[24]$/.test(name) ? 'int-pk' : undefined);
  return rule === undefined ? [] : [{ rule, at: placeOf(column, at), said: `${column.colname}` }];
}

const placeOf = ({ location }: SqlFields, at: number): number =>
  typeof location === 'number' && location >= 0 ? location : at;

/** Matters of style (row 37), off by default. */
export const styles: Family = {
  rules,
  inspect: (statement) => columnsOf(statement).flatMap((column) => inspectColumn(column, statement.at)),
};
