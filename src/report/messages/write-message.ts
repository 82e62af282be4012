import { Lexer, type Token, type Tokens } from 'marked';
import type { Dialect, ListEntry, ListMark } from './dialect.ts';

/** A piece of a message in one dialect. */
export interface Piece {
  readonly kind: 'title' | 'text' | 'list' | 'small-print' | 'rule';
  readonly written: string;
}

const childrenOf = (token: Token): readonly Token[] => ('tokens' in token ? (token.tokens ?? []) : []);

function writeLink(token: Tokens.Link, dialect: Dialect): string {
  const inner = writeInline(token.tokens, dialect);
  const member = /^mention:([UW][A-Z0-9]{2,})$/.exec(token.href)?.[1];
  if (member !== undefined) return dialect.mention(inner, member);
  return /^https?:\/\//.test(token.href) ? dialect.link(inner, token.href) : inner;
}

function writeOne(token: Token, dialect: Dialect): string {
  if (token.type === 'strong') return dialect.strong(writeInline(childrenOf(token), dialect));
  if (token.type === 'em') return dialect.emphasis(writeInline(childrenOf(token), dialect));
  if (token.type === 'codespan') return dialect.code((token as Tokens.Codespan).text);
  if (token.type === 'br') return dialect.lineBreak;
  if (token.type === 'link') return writeLink(token as Tokens.Link, dialect);
  const children = childrenOf(token);
  if (children.length > 0) return writeInline(children, dialect);
  return dialect.text('text' in token && typeof token.text === 'string' ? token.text : token.raw);
}

/** Tags, images and whatever else Markdown may hold are shown as the text they are. */
function writeInline(tokens: readonly Token[], dialect: Dialect): string {
  return joinWords(tokens)
    .map((token) => writeOne(token, dialect))
    .join('');
}

const isWords = (token: Token): boolean =>
  token.type === 'escape' || (token.type === 'text' && childrenOf(token).length === 0);

/** The parser cuts a text at every escaped character; a dialect must see the words whole to make them harmless. */
function joinWords(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last && isWords(last) && isWords(token)) {
      const text = `${(last as Tokens.Text).text}${(token as Tokens.Text).text}`;
      joined[joined.length - 1] = { type: 'text', raw: text, text } as Tokens.Text;
    } else joined.push(token);
  }
  return joined;
}

const markOf = (list: Tokens.List, item: Tokens.ListItem, index: number): ListMark => {
  if (item.task) return { ticked: item.checked === true };
  return list.ordered ? { number: Number(list.start || 1) + index } : 'bullet';
};

function writeList(list: Tokens.List, dialect: Dialect): string {
  const entries = list.items.map((item, index): ListEntry => {
    const parts = item.tokens.filter((token) => token.type !== 'checkbox');
    const body = parts.map((token) => writeItemPart(token, dialect)).join('\n');
    return { mark: markOf(list, item, index), body };
  });
  return dialect.list(entries);
}

const writeItemPart = (token: Token, dialect: Dialect): string =>
  token.type === 'list' ? writeList(token as Tokens.List, dialect) : writeInline(childrenOf(token), dialect);

function writePiece(token: Token, dialect: Dialect): Piece {
  if (token.type === 'heading') {
    const { depth } = token as Tokens.Heading;
    const inner = writeInline(childrenOf(token), dialect);
    return { kind: depth === 1 ? 'title' : 'text', written: dialect.heading(inner, depth) };
  }
  if (token.type === 'list') return { kind: 'list', written: writeList(token as Tokens.List, dialect) };
  if (token.type === 'hr') return { kind: 'rule', written: dialect.rule };
  if (token.type === 'blockquote') {
    const lines = childrenOf(token).map((child) => writeInline(childrenOf(child), dialect));
    return { kind: 'small-print', written: dialect.smallPrint(lines.join(dialect.lineBreak)) };
  }
  return { kind: 'text', written: dialect.paragraph(writeOne(token, dialect)) };
}

/** A heading in bold with nothing below it: its lines had no values. */
function isBareLabel(token: Token, next: Token | undefined): boolean {
  const [only, ...others] = childrenOf(token).filter((child) => child.raw.trim() !== '');
  return (
    token.type === 'paragraph' && only?.type === 'strong' && others.length === 0 && next?.type !== 'list'
  );
}

/** Markdown, read once for every dialect that it is written in: to read it takes longer than all of them together. */
export function readMessage(markdown: string): readonly Token[] {
  const tokens = Lexer.lex(markdown, { gfm: true, breaks: true });
  const shown = tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
  return shown.filter((token, index) => !isBareLabel(token, shown[index + 1]));
}

/** What was read, as the pieces of a message in this dialect. */
export const writeMessage = (read: readonly Token[], dialect: Dialect): readonly Piece[] =>
  read.map((token) => writePiece(token, dialect));

/** The words of the first heading in this dialect; undefined when there is none. */
export const titleOf = (pieces: readonly Piece[]): string | undefined =>
  pieces.find((piece) => piece.kind === 'title')?.written;
