import { asFields, asList, entryOf, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';

function columnOfTest(node: unknown): string | undefined {
  const [kind, fields] = entryOf(node);
  if (kind === 'BoolExpr' && fields.boolop === 'AND_EXPR')
    return asList(fields.args).map(columnOfTest).find(Boolean);
  if (kind !== 'NullTest' || fields.nulltesttype !== 'IS_NOT_NULL') return undefined;
  return textOf(asList(asFields(asFields(fields.arg).ColumnRef).fields).at(-1)) || undefined;
}

/** The column of which a CHECK or NOT NULL constraint says that it is never NULL; undefined when it says nothing of the kind. */
export function provenColumn(constraint: SqlFields): string | undefined {
  if (constraint.contype === 'CONSTR_NOTNULL') return textOf(asList(constraint.keys)[0]) || undefined;
  return constraint.contype === 'CONSTR_CHECK' ? columnOfTest(constraint.raw_expr) : undefined;
}
