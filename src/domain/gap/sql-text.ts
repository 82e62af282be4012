import type { GapColumn } from './gap.ts';

const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Text as an SQL comment. It ends with its line, and what follows would be run: a stranger's text may stand in it. */
export const comment = (text: string): string => `-- ${text.replace(controls, ' ')}`;

const escaped = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same value, as a literal without a line's end: in a comment it would be cut off, or run. */
export function onOneLine(literal: string): string {
  const plain = escaped(literal);
  return plain === literal || literal.startsWith('E') ? plain : `E${plain}`;
}

/** Names of the columns as SQL writes them. */
export const names = (columns: readonly GapColumn[]): string[] => columns.map(({ quoted }) => quoted);

/** Statements of PL/pgSQL as one block; no text in them can end it. `release_rows` counts what a statement wrote. */
export function block(lines: readonly string[]): string {
  const body = lines.join('\n');
  let tag = 'run';
  while (body.includes(`$${tag}`)) tag += 'x';
  const head = `do $${tag}$\n#variable_conflict use_column\ndeclare release_rows bigint; release_all bigint := 0;\nbegin`;
  return `${head}\n${body}\nend $${tag}$;`;
}

/** A text as an SQL string. */
export const literalOf = (text: string): string => `'${text.replaceAll("'", "''")}'`;
