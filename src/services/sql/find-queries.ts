import { asFields, type SqlFields } from '../../domain/sql-tree.ts';

/** A piece of SQL in a PL/pgSQL body. */
export interface Query {
  readonly text: string;
  /** Line of the body, from 1; 0 when it is not known. */
  readonly line: number;
  /** `dynamic` is an expression whose value is run as SQL (EXECUTE); another expression only calls functions. */
  readonly kind: 'statement' | 'dynamic' | 'expression';
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

const ASSIGNS = 3;
const TARGET = /^.*?(?::=|=)/s;

function queryOf({ query, parseMode: mode = IS_STATEMENT }: SqlFields, line: number, isDynamic: boolean) {
  if (typeof query !== 'string' || typeof mode !== 'number') return [];
  if (isDynamic) return [{ text: query, line, kind: 'dynamic' as const }];
  if (mode === IS_STATEMENT) return [{ text: query, line, kind: 'statement' as const }];
  return [
    { text: mode < ASSIGNS ? query : query.replace(TARGET, '').trim(), line, kind: 'expression' as const },
  ];
}

/** They are words of the language, and no SQL in its tree. */
const ENDS: Readonly<Record<string, string>> = {
  PLpgSQL_stmt_commit: 'COMMIT',
  PLpgSQL_stmt_rollback: 'ROLLBACK',
};

const lineOf = (value: unknown): number | undefined => {
  const { lineno } = asFields(value);
  return typeof lineno === 'number' ? lineno : undefined;
};

/** Every statement and every dynamic text of a body's tree. */
export function findQueries(tree: unknown, line = 0, place = '.'): readonly Query[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => findQueries(one, line, place));
  return Object.entries(asFields(tree)).flatMap(([key, value]) => {
    if (key === 'PLpgSQL_expr') return queryOf(asFields(value), line, DYNAMIC.has(place));
    if (typeof value !== 'object' || value === null) return [];
    const text = ENDS[key];
    if (text !== undefined) return [{ text, line: lineOf(value) ?? line, kind: 'statement' as const }];
    const statement = key.startsWith('PLpgSQL_stmt') ? key : place.split('.')[0];
    const at = key.startsWith('PLpgSQL_stmt') ? (lineOf(value) ?? line) : line;
    return findQueries(value, at, key.startsWith('PLpgSQL_') ? `${statement}.` : `${statement}.${key}`);
  });
}
