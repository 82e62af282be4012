import { Lexer, type Token, type Tokens } from 'marked';
import { anchorOf } from './anchor-of.ts';
import type { Fence, RunbookDocument, Section, Spot, Statement, Table } from './document.ts';
import { plainInline } from './plain-inline.ts';
import { fenceCommands, inlineCommands, kindOfFence } from './read-commands.ts';

/** What stands before the list or in the line above it that heads what comes; `own` is the section's title. */
interface Place {
  readonly section: Section;
  readonly group: string;
}

interface Found {
  readonly sections: Section[];
  readonly fences: Fence[];
  readonly statements: Statement[];
  readonly tables: Table[];
}

const newlines = (text: string): number => text.split('\n').length - 1;

const MARKS = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(?:\[[ xX]\]\s+)?/;
const LABEL = /^(?:\*\*|__)([^*_]+?)(?:\*\*:|:\*\*|__:|:__)/;

/** Reads a document block by block; the lexer knows no lines, so they are counted along with what it took. */
class Reader {
  readonly found: Found = { sections: [], fences: [], statements: [], tables: [] };
  private readonly lines: readonly string[];
  private path: Section[] = [];
  private place: Place = {
    section: { title: '', depth: 0, path: [], anchor: '', line: 1, col: 1 },
    group: '',
  };

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  read(tokens: readonly Token[], from: number, group: string | undefined): void {
    let line = from;
    for (const token of tokens) {
      this.readOne(token, line, group);
      line += newlines(token.raw);
    }
  }

  private readOne(token: Token, line: number, group: string | undefined): void {
    if (token.type === 'heading') this.readHeading(token as Tokens.Heading, line);
    else if (token.type === 'code') this.readFence(token as Tokens.Code, line);
    else if (token.type === 'table') this.readTable(token as Tokens.Table, line);
    else if (token.type === 'list') this.readList(token as Tokens.List, line, group);
    else if (token.type === 'blockquote') this.read((token as Tokens.Blockquote).tokens, line, group);
    else if (token.type === 'paragraph' || token.type === 'text') this.readText(token, line, group);
  }

  private spot(line: number): Spot {
    const marks = MARKS.exec(this.lines[line - 1] ?? '')?.[0] ?? '';
    return { line, col: [...marks].length + 1 };
  }

  private readHeading({ depth, tokens }: Tokens.Heading, line: number): void {
    const title = plainInline(tokens);
    const outer = this.path.filter((one) => one.depth < depth);
    const path = [...outer.map((one) => one.title), title];
    const taken = this.found.sections.map((one) => one.anchor);
    const section: Section = { ...this.spot(line), title, depth, path, anchor: anchorOf(title, taken) };
    this.path = [...outer, section];
    this.place = { section, group: title };
    this.found.sections.push(section);
    this.push({ ...this.spot(line), text: title, kind: 'heading', hasBox: false, label: '' }, undefined);
  }

  private push(one: Omit<Statement, 'group' | 'section'>, group: string | undefined): void {
    const { section, group: near } = this.place;
    this.found.statements.push({ ...one, section, group: group ?? near });
  }

  private readFence({ raw, text, lang, codeBlockStyle }: Tokens.Code, line: number): void {
    if (codeBlockStyle === 'indented') return;
    const mark = /^\s*(`{3,}|~{3,})/.exec(raw)?.[1] ?? '```';
    const isClosed = raw.trimEnd().split('\n').length > 1 && raw.trimEnd().endsWith(mark);
    const word = (lang ?? '').split(/\s/)[0]?.toLowerCase() ?? '';
    const lines = text.split('\n');
    const kind = kindOfFence(word, lines);
    this.found.fences.push({
      ...this.spot(line),
      lang: word,
      kind,
      lines,
      isClosed,
      section: this.place.section,
    });
  }

  private readText(token: Token, line: number, group: string | undefined): void {
    const tokens = 'tokens' in token ? (token.tokens ?? []) : [];
    const texts = plainInline(tokens).split('\n');
    for (const [i, text] of texts.entries()) this.pushText(text.trim(), line + i, group);
    const last = texts.filter((text) => text.trim() !== '').at(-1) ?? '';
    if (group === undefined && (/:\s*$/.test(last) || this.labelAt(line) !== ''))
      this.place = { ...this.place, group: last.trim() };
  }

  private labelAt(line: number): string {
    const text = (this.lines[line - 1] ?? '').replace(MARKS, '');
    return LABEL.exec(text)?.[1]?.trim() ?? '';
  }

  private pushText(
    text: string,
    line: number,
    group: string | undefined,
    kind: 'text' | 'item' = 'text',
  ): void {
    if (text === '') return;
    const hasBox =
      kind === 'item' && /^[\s>]*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/.test(this.lines[line - 1] ?? '');
    this.push({ ...this.spot(line), text, kind, hasBox, label: this.labelAt(line) }, group);
  }

  private readList(list: Tokens.List, from: number, group: string | undefined): void {
    let line = from;
    for (const item of list.items) {
      this.readItem(item, line, group);
      line += newlines(item.raw);
    }
  }

  private readItem(item: Tokens.ListItem, from: number, group: string | undefined): void {
    let line = from;
    let own: string | undefined;
    for (const token of item.tokens) {
      const isWords = (token.type === 'text' || token.type === 'paragraph') && 'tokens' in token;
      if (isWords) own = this.readWords(token, line, group, own);
      else if (token.type !== 'checkbox') this.readOne(token, line, own?.replace(/:\s*$/, ''));
      line += newlines(token.raw);
    }
  }

  /** Pushes each line of an item's words; returns the first line of the item. */
  private readWords(token: Token, line: number, group: string | undefined, own: string | undefined): string {
    const words = plainInline('tokens' in token ? (token.tokens ?? []) : []).split('\n');
    for (const [i, text] of words.entries())
      this.pushText(text.trim(), line + i, group, own === undefined && i === 0 ? 'item' : 'text');
    return own ?? words[0]?.trim() ?? '';
  }

  private readTable({ header, rows }: Tokens.Table, line: number): void {
    const head = header.map((cell) => plainInline(cell.tokens).trim());
    const read = rows.map((row, i) => ({
      ...this.spot(line + 2 + i),
      cells: row.map((cell) => plainInline(cell.tokens).trim()),
    }));
    this.found.tables.push({ ...this.spot(line), head, rows: read, section: this.place.section });
    for (const { cells, line: at, col } of read)
      for (const [i, text] of cells.entries()) {
        const spot = { line: at, col: this.columnOf(at, i) ?? col };
        const cell = { ...spot, text, kind: 'cell' as const, hasBox: false, label: cells[0] ?? '' };
        if (text !== '') this.push(cell, head[i]);
      }
  }

  private columnOf(line: number, cell: number): number | undefined {
    const bars = [...(this.lines[line - 1] ?? '').matchAll(/(?<!\\)\|\s*/g)];
    const bar = bars[cell];
    return bar === undefined ? undefined : bar.index + bar[0].length + 1;
  }
}

/** A written runbook as rules ask it. Never throws: whatever a text is, Markdown reads it. */
export function readDocument(file: string, source: string): RunbookDocument {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  const reader = new Reader(lines);
  reader.read(Lexer.lex(text, { gfm: true }), 1, undefined);
  const { found } = reader;
  const commands = [
    ...found.fences.flatMap(fenceCommands),
    ...found.statements.flatMap((one) => inlineCommands(one, lines)),
  ];
  return {
    ...{ file, lines },
    ...found,
    commands: commands.sort((a, b) => a.line - b.line || a.col - b.col),
  };
}
