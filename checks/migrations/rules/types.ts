import { asFields, asList, entryOf, textOf } from '../../../src/domain/sql-tree.ts';
import { commandsOf, type TableCommand } from '../lint/commands-of.ts';
import { compareTypes, isUsuallyWider, type TypeChange } from '../lint/compare-types.ts';
import { isNew, type Known } from '../lint/known.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';
import { type SqlType, sayType, typeOf } from '../lint/sql-type.ts';

const rules: readonly Rule[] = [
  {
    id: 'change-type',
    row: 16,
    class: 'incompatible',
    level: 'error',
    sees: 'ALTER COLUMN … TYPE; a warning where every value fits and the table is written anew; nothing where PostgreSQL only changes its catalogue',
    remedy: 'Add a column of the new type, fill it in batches, move the code, drop the old one later.',
  },
];

/** `USING column` and `USING column::type` say no more than the change itself. */
function isPlainUsing(using: unknown, column: string): boolean {
  if (using === undefined) return true;
  const [kind, fields] = entryOf(using);
  if (kind === 'TypeCast') return isPlainUsing(fields.arg, column);
  const parts = asList(fields.fields);
  return kind === 'ColumnRef' && textOf(parts.at(-1)) === column;
}

function changeOf(old: SqlType | undefined, next: SqlType, isPlain: boolean): TypeChange {
  const change = old ? compareTypes(old, next) : isUsuallyWider(next) ? 'rewrite' : 'narrow';
  return change === 'safe' && !isPlain ? 'rewrite' : change;
}

function hitOf(command: TableCommand, at: number, known: Known): readonly Hit[] {
  const { table, name, column, said } = command;
  const next = typeOf(asFields(column.typeName));
  const old = known.get(table)?.columns.get(name);
  const change = changeOf(old, next, isPlainUsing(column.raw_default, name));
  if (change === 'safe') return [];
  const from = old ? `from ${sayType(old)}` : 'from a type that the files do not tell';
  const about = `changes ${said}.${name} ${from} to ${sayType(next)}`;
  return change === 'rewrite'
    ? [
        {
          rule: 'change-type',
          at,
          level: 'warning',
          class: 'rewrite',
          said: `${about}; writes the table anew`,
        },
      ]
    : [{ rule: 'change-type', at, said: `${about}; values or readers may not fit` }];
}

const isChange = ({ kind }: TableCommand): boolean => kind === 'AT_AlterColumnType';

/** Changes of type (row 16), against what the earlier files say of the column. */
export const types: Family = {
  rules,
  inspect: (statement, known) =>
    commandsOf(statement)
      .filter((one) => isChange(one) && !isNew(known, one.table))
      .flatMap((one) => hitOf(one, statement.at, known)),
};
