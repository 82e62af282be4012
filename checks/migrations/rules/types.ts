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
    sees: 'ALTER COLUMN … TYPE; an error with a USING that is more than a cast to that type; a warning where every value fits and the table or its indexes are written anew; nothing where PostgreSQL only changes its catalogue',
    remedy: 'Add a column of the new type, fill it in batches, move the code, drop the old one later.',
  },
];

const isColumn = (node: unknown, name: string): boolean => {
  const [kind, { fields }] = entryOf(node);
  return kind === 'ColumnRef' && textOf(asList(fields).at(-1)) === name;
};

/** `USING column` and `USING column::type` say no more than the change itself; by way of another type values get lost. */
function isPlainUsing(using: unknown, column: string, next: SqlType): boolean {
  if (using === undefined || isColumn(using, column)) return true;
  const [kind, { arg, typeName }] = entryOf(using);
  if (kind !== 'TypeCast' || !isColumn(arg, column)) return false;
  const cast = typeOf(asFields(typeName));
  return (
    sayType(cast) === sayType(next) || (cast.mods.length === 0 && cast.name === next.name && !next.isArray)
  );
}

function changeOf(old: SqlType | undefined, next: SqlType, isPlain: boolean): TypeChange {
  const change = old ? compareTypes(old, next) : isUsuallyWider(next) ? 'rewrite' : 'narrow';
  return isPlain ? change : 'narrow';
}

function hitOf(command: TableCommand, at: number, known: Known): readonly Hit[] {
  const { table, name, column, said } = command;
  const next = typeOf(asFields(column.typeName));
  const old = known.get(table)?.columns.get(name);
  const change = changeOf(old, next, isPlainUsing(column.raw_default, name, next));
  const isCollated = column.collClause !== undefined;
  if (change === 'safe' && !isCollated) return [];
  const from = old ? `from ${sayType(old)}` : 'from a type that the files do not tell';
  const about = `changes ${said}.${name} ${from} to ${sayType(next)}`;
  const work = change === 'safe' ? 'builds its indexes anew' : 'writes the table anew';
  return change !== 'narrow'
    ? [
        {
          rule: 'change-type',
          at,
          level: 'warning',
          class: 'rewrite',
          said: `${about}; ${work}`,
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
