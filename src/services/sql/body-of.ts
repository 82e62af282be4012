import { asFields, asList, type SqlFields } from '../../domain/sql-tree.ts';
import type { Token } from './parse.ts';

/** The body of a DO block or a function as text, and where its first byte stands in the file when it stands there as it is. */
export interface Body {
  readonly language: string;
  readonly text: string;
  readonly base?: number;
}

const textOf = (value: unknown): string | undefined => {
  const { sval } = asFields(asFields(value).String);
  return typeof sval === 'string' ? sval : undefined;
};

const optionsOf = (fields: SqlFields): readonly SqlFields[] =>
  asList(fields.args ?? fields.options).map((one) => asFields(one.DefElem));

const firstText = (arg: unknown): string | undefined =>
  textOf(arg) ?? textOf(asList(asFields(asFields(arg).List).items)[0]);

/** Bytes that open the quotes of a token whose text is the body as it stands; undefined when it is escaped. */
function quotesOf({ text }: Token, body: string): number | undefined {
  const opening = /^(?:\$[^$]*\$|')/.exec(text)?.[0];
  if (opening === undefined || text !== `${opening}${body}${opening}`) return undefined;
  return Buffer.byteLength(opening);
}

/** The body of a DoStmt or CreateFunctionStmt at or after `from`; undefined for one that is written in the grammar. */
export function bodyOf(fields: SqlFields, tokens: readonly Token[]): Body | undefined {
  const options = optionsOf(fields);
  const as = options.find(({ defname }) => defname === 'as');
  const text = firstText(as?.arg);
  if (as === undefined || text === undefined) return undefined;
  const language = textOf(options.find(({ defname }) => defname === 'language')?.arg) ?? 'plpgsql';
  const from = typeof as.location === 'number' ? as.location : 0;
  const token = tokens.find(({ kind, at }) => kind === 'SCONST' && at >= from);
  const quotes = token && quotesOf(token, text);
  if (token === undefined || quotes === undefined) return { language: language.toLowerCase(), text };
  return { language: language.toLowerCase(), text, base: token.at + quotes };
}
