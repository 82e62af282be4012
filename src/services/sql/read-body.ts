import { type Body, bodyOf } from './body-of.ts';
import { findQueries, type Query } from './find-queries.ts';
import { foldText } from './fold-text.ts';
import { makeLocate } from './locate.ts';
import { type Parsed, parseBody, parseText, type Refused, type Token } from './parse.ts';
import type { SqlOrigin, SqlStatement, SqlUnread } from './port.ts';

/** What stands inside of a statement. */
export interface Inside {
  readonly statements: readonly SqlStatement[];
  readonly unread: readonly SqlUnread[];
}

/** Where a body stands and who runs it. */
export interface Holder {
  readonly at: number;
  readonly origin: SqlOrigin;
  readonly inside?: string;
}

type ReadInner = (statements: readonly Parsed[], holder: Holder) => Inside;

const NOTHING: Inside = { statements: [], unread: [] };
const isRefused = (answer: readonly Parsed[] | Refused): answer is Refused => !Array.isArray(answer);
const unread = (why: SqlUnread['why'], said: string, holder: Holder, at = holder.at): Inside => ({
  statements: [],
  unread: [{ ...holder, why, said, at }],
});
const join = (parts: readonly Inside[]): Inside => ({
  statements: parts.flatMap((one) => one.statements),
  unread: parts.flatMap((one) => one.unread),
});

// The parser of bodies knows no tables, so it does not know the fields of a row type. As `record` it takes any.
const withoutRowTypes = (text: string): string => text.replace(/[\w."]+%rowtype\b/gi, 'record');

async function readTree(statement: string): ReturnType<typeof parseBody> {
  const read = await parseBody(statement);
  return typeof read === 'string' ? parseBody(withoutRowTypes(statement)) : read;
}

/** Turns bytes of a query into bytes of the file; all are the holder's where the query is not in the file as it is. */
function moverOf({ text, base }: Body, found: number | undefined, at: number): (byte: number) => number {
  if (base === undefined) return () => at;
  if (found === undefined) return () => base;
  const from = base + Buffer.byteLength(text.slice(0, Math.max(found, 0))) + Math.min(found, 0);
  return (byte) => from + byte;
}

/** An expression does nothing but call functions; one that the grammar of queries does not know is left alone. */
async function readExpression(
  { text }: Query,
  at: number,
  holder: Holder,
  inner: ReadInner,
): Promise<Inside> {
  const read = await parseText(`SELECT ${text}`, () => at);
  return isRefused(read) ? NOTHING : inner(read, holder);
}

async function readQuery(
  query: Query,
  move: (at: number) => number,
  holder: Holder,
  inner: ReadInner,
): Promise<Inside> {
  const own = { ...holder, at: move(0) };
  if (query.kind === 'expression') return readExpression(query, own.at, holder, inner);
  if (query.kind === 'statement') {
    const read = await parseText(query.text, move);
    return isRefused(read) ? unread('body', read.said, own, read.at) : inner(read, holder);
  }
  const PREFIX = 'SELECT ';
  const select = await parseText(`${PREFIX}${query.text}`, (at) => move(at - PREFIX.length));
  const text = isRefused(select) ? undefined : foldText(select[0]?.fields ?? {});
  if (text === undefined) return unread('dynamic', query.text, own);
  const read = await parseText(text, () => own.at);
  return isRefused(read) ? unread('body', read.said, own) : inner(read, holder);
}

async function readPlpgsql(statement: string, body: Body, holder: Holder, inner: ReadInner): Promise<Inside> {
  const tree = await readTree(statement);
  if (typeof tree === 'string') return unread('body', tree, holder);
  const locate = makeLocate(body.text);
  const parts: Inside[] = [];
  for (const query of findQueries(tree)) {
    const isPlaced = body.base !== undefined && query.kind !== 'expression';
    const found = isPlaced ? locate(query) : undefined;
    parts.push(await readQuery(query, moverOf(body, found, holder.at), holder, inner));
  }
  return join(parts);
}

async function readSqlBody(body: Body, holder: Holder, inner: ReadInner): Promise<Inside> {
  const read = await parseText(body.text, moverOf(body, 0, holder.at));
  return isRefused(read) ? unread('body', read.said, holder, read.at) : inner(read, holder);
}

/** What a DO block or a function definition holds; `text` is the whole statement. */
export async function readBody(
  { fields }: Parsed,
  text: string,
  tokens: readonly Token[],
  holder: Holder,
  inner: ReadInner,
): Promise<Inside> {
  const body = bodyOf(fields, tokens);
  if (body === undefined) return NOTHING;
  if (body.language === 'plpgsql') return readPlpgsql(text, body, holder, inner);
  if (body.language === 'sql') return readSqlBody(body, holder, inner);
  return unread('foreign', `it is written in ${body.language}`, holder);
}
