import { asFields, asList, entryOf, moveLocations, type SqlFields } from '../../domain/sql-tree.ts';
import type { SqlComment } from './port.ts';

/** A statement of one text; offsets are bytes of that text, moved as the caller asked. */
export interface Parsed {
  readonly kind: string;
  readonly fields: SqlFields;
  readonly at: number;
  /** The byte after it, without its semicolon. */
  readonly end: number;
}

export interface Refused {
  readonly said: string;
  readonly at: number;
}

export interface Token {
  readonly kind: string;
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const EMPTY = /^\s*$/;

// The library ends a text at NUL and answers other control characters with what is no JSON. None of them means
// anything outside of quotes, and a blank is as long.
const withoutControls = (sql: string): string => sql.replace(/[^\P{Cc}\t\n\r\u007f-\u009f]/gu, ' ');

/** Loaded on the first question: most commands never read SQL. */
const library = () => import('libpg-query');

/** An error stands at a character, everything else at a byte. */
const bytesBefore = (sql: string, characters: number): number =>
  Buffer.byteLength([...sql].slice(0, characters).join(''));

const MARK = '\uFEFF';
const NO_UTF8 = '\uFFFD';

/** What the grammar would take for letters of a name, or for a sign that somebody meant to write. */
function findOdd(sql: string): Refused | undefined {
  if (sql.startsWith(MARK)) return { said: 'it begins with a byte order mark; save it without one', at: 0 };
  const at = sql.indexOf(NO_UTF8);
  if (at < 0) return undefined;
  return {
    said: 'a byte that is not UTF-8, which would be written as �',
    at: Buffer.byteLength(sql.slice(0, at)),
  };
}

/** The statements of a text, or where the grammar ends. Bytes of `sql` are moved to bytes of the file. */
export async function parseText(
  sql: string,
  move: (at: number) => number,
): Promise<readonly Parsed[] | Refused> {
  const odd = findOdd(sql);
  if (odd !== undefined) return { ...odd, at: move(odd.at) };
  if (EMPTY.test(sql)) return [];
  const { parse, hasSqlDetails } = await library();
  try {
    const { stmts } = asFields(await parse(withoutControls(sql)));
    const whole = Buffer.byteLength(sql);
    return asList(stmts).map(({ stmt, stmt_location: from, stmt_len: length }) => {
      const [kind, fields] = entryOf(moveLocations(stmt, move));
      const at = typeof from === 'number' ? from : 0;
      return { kind, fields, at: move(at), end: move(typeof length === 'number' ? at + length : whole) };
    });
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return { said: error.message, at: move(bytesBefore(sql, error.sqlDetails?.cursorPosition ?? 0)) };
  }
}

/** The tree of a DO or CREATE FUNCTION statement's body in PL/pgSQL; a text when it cannot be read. */
export async function parseBody(statement: string): Promise<readonly SqlFields[] | string> {
  const { parsePlPgSQL } = await library();
  try {
    const { plpgsql_funcs: functions } = asFields(await parsePlPgSQL(withoutControls(statement)));
    return asList(functions).map((one) => asFields(one.PLpgSQL_function));
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

/** Tokens of a text with their bytes; none when it does not even come apart into tokens. */
export async function scanText(sql: string): Promise<readonly Token[]> {
  if (EMPTY.test(sql)) return [];
  const { scan } = await library();
  try {
    const { tokens } = await scan(withoutControls(sql));
    return tokens.map(({ tokenName: kind, text, start: at, end }) => ({ kind, text, at, end }));
  } catch (error) {
    // The library answers a text that ends inside of quotes or a comment with something that is no JSON.
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

export const commentsOf = (tokens: readonly Token[]): readonly SqlComment[] =>
  tokens
    .filter(({ kind }) => kind === 'SQL_COMMENT' || kind === 'C_COMMENT')
    .map(({ text, at, end }) => ({ text, at, end }));
