import { asFields, asList, entryOf, type SqlFields, textOf } from '../../domain/sql-tree.ts';
import { commentsOf, type Parsed, parseText, scanText, type Token } from './parse.ts';
import type { ReadSql, SqlPort, SqlStatement } from './port.ts';
import { type Holder, type Inside, readBody } from './read-body.ts';

const isBody = ({ kind }: Parsed): boolean => kind === 'DoStmt' || kind === 'CreateFunctionStmt';

const functionName = (fields: SqlFields): string => textOf(asList(fields.funcname).at(-1));

/** The parser knows no beginning for a statement of such a body; its first name is the next best. */
function firstLocation(tree: unknown): number | undefined {
  const all = Object.entries(tree ?? {}).flatMap(([key, value]): number[] => {
    if (key === 'location' && typeof value === 'number') return value < 0 ? [] : [value];
    const inner = typeof value === 'object' ? firstLocation(value) : undefined;
    return inner === undefined ? [] : [inner];
  });
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Statements of a body that is written in the grammar itself (BEGIN ATOMIC). */
function atomicOf(fields: SqlFields, holder: Holder): readonly SqlStatement[] {
  const lists = asList(asFields(asFields(fields.sql_body).List).items);
  return lists
    .flatMap((one) => asList(asFields(one.List).items))
    .map((node) => {
      const [kind, inner] = entryOf(node);
      return { ...holder, kind, fields: inner, at: firstLocation(inner) ?? holder.at };
    });
}

/** What stands in the body of a statement that ends before the byte `end`. */
async function readInside(
  file: Buffer,
  statement: Parsed,
  end: number,
  tokens: readonly Token[],
): Promise<Inside> {
  const holder: Holder =
    statement.kind === 'DoStmt'
      ? { at: statement.at, origin: 'block' }
      : { at: statement.at, origin: 'function', inside: functionName(statement.fields) };
  const text = file.subarray(statement.at, end).toString();
  const read = await readBody(statement, text, tokens, holder, readNested);
  return { ...read, statements: [...atomicOf(statement.fields, holder), ...read.statements] };
}

/** Statements of a body; a body inside of a body is not looked into, and said so. */
function readNested(statements: readonly Parsed[], holder: Holder): Inside {
  const nested = statements.filter(isBody);
  return {
    statements: statements.map((one) => ({ ...holder, ...one })),
    unread: nested.map(({ at }) => ({
      ...holder,
      at,
      why: 'body' as const,
      said: 'a body inside of a body',
    })),
  };
}

async function readStatements(
  sql: string,
  parsed: readonly Parsed[],
  tokens: readonly Token[],
): Promise<Inside> {
  const file = Buffer.from(sql);
  const all: Inside[] = [];
  for (const [i, statement] of parsed.entries()) {
    all.push({ statements: [{ ...statement, origin: 'file' }], unread: [] });
    if (isBody(statement)) {
      const end = parsed[i + 1]?.at ?? file.length;
      all.push(await readInside(file, statement, end, tokens));
    }
  }
  return { statements: all.flatMap((one) => one.statements), unread: all.flatMap((one) => one.unread) };
}

async function readText(sql: string): Promise<ReadSql> {
  const tokens = await scanText(sql);
  const comments = commentsOf(tokens);
  const parsed = await parseText(sql, (at) => at);
  if ('said' in parsed) return { ok: false, ...parsed, comments };
  return { ok: true, comments, ...(await readStatements(sql, parsed, tokens)) };
}

/** PostgreSQL's own grammar (libpg-query), because a pattern would take a comment for a statement. */
export function makeSql(): SqlPort {
  // Several checks of a gate ask for the same files.
  const known = new Map<string, Promise<ReadSql>>();
  const read = (sql: string): Promise<ReadSql> => {
    const reading = known.get(sql) ?? readText(sql);
    known.set(sql, reading);
    return reading;
  };
  return {
    read,
    makeReady: async () => {
      await read('select 1');
    },
  };
}
