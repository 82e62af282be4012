/** How a mark before a list entry is meant: a bullet, a number or a box that is ticked or open. */
export type ListMark = { readonly number: number } | { readonly ticked: boolean } | 'bullet';

export interface ListEntry {
  readonly mark: ListMark;
  readonly body: string;
}

/** One way of writing a message down. Every function gets text that is already written in this dialect, but `text`. */
export interface Dialect {
  /** Foreign or own words, made harmless for this dialect. */
  text(words: string): string;
  strong(inner: string): string;
  emphasis(inner: string): string;
  code(words: string): string;
  link(inner: string, address: string): string;
  mention(name: string, member: string): string;
  readonly lineBreak: string;
  heading(inner: string, depth: number): string;
  paragraph(inner: string): string;
  list(entries: readonly ListEntry[]): string;
  /** Small print: run id, links. */
  smallPrint(inner: string): string;
  readonly rule: string;
}

/** `- a` over several lines, nested lines indented below their entry. */
export const listLines = (entries: readonly ListEntry[], sayMark: (mark: ListMark) => string): string =>
  entries.map(({ mark, body }) => `${sayMark(mark)} ${body.replace(/\n/g, '\n   ')}`).join('\n');
