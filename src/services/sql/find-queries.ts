import { asFields, type SqlFields } from '../../domain/sql-tree.ts';

/** A piece of SQL in a PL/pgSQL body. */
export interface Query {
  readonly text: string;
  /** Line of the body, from 1; 0 when it is not known. */
  readonly line: number;
  /** True for an expression whose value is run as SQL (EXECUTE). */
  readonly isDynamic: boolean;
}

/** What holds a text that is put together and then run: key of the statement, key of its expression. */
const DYNAMIC = new Set([
  'PLpgSQL_stmt_dynexecute.query',
  'PLpgSQL_stmt_dynfors.query',
  'PLpgSQL_stmt_return_query.dynquery',
  'PLpgSQL_stmt_open.dynquery',
]);

/** parseMode of the grammar: 0 is a statement of its own, others are expressions and assignments. */
const IS_STATEMENT = 0;

function queryOf(expression: SqlFields, line: number, isDynamic: boolean): readonly Query[] {
  const { query, parseMode } = expression;
  if (typeof query !== 'string') return [];
  return isDynamic || (parseMode ?? IS_STATEMENT) === IS_STATEMENT ? [{ text: query, line, isDynamic }] : [];
}

/** Every statement and every dynamic text of a body's tree. */
export function findQueries(tree: unknown, line = 0, place = '.'): readonly Query[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => findQueries(one, line, place));
  return Object.entries(asFields(tree)).flatMap(([key, value]) => {
    if (key === 'PLpgSQL_expr') return queryOf(asFields(value), line, DYNAMIC.has(place));
    if (typeof value !== 'object' || value === null) return [];
    const own = asFields(value).lineno;
    const statement = key.startsWith('PLpgSQL_stmt') ? key : place.split('.')[0];
    const at = typeof own === 'number' && key.startsWith('PLpgSQL_stmt') ? own : line;
    return findQueries(value, at, key.startsWith('PLpgSQL_') ? `${statement}.` : `${statement}.${key}`);
  });
}
