/** An element of our own markup, or words between two of them. */
export interface Element {
  readonly tag: string;
  readonly kind: string;
  readonly inside: readonly Node[];
}
export type Node = Element | string;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const EMPTY = new Set(['br', 'input', 'meta']);

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** A letter that begins a tag, up to its end; a quoted attribute may hold the sign that ends it. */
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>|[^<]+/g;

/** Markup that a report was made of, as a tree. It is ours alone: well-formed, and what others wrote stands in it as text. */
export function readMarkup(markup: string): readonly Node[] {
  const open: { tag: string; kind: string; inside: Node[] }[] = [{ tag: '', kind: '', inside: [] }];
  for (const [whole, close, tag = '', attributes = '', self] of markup.matchAll(TOKEN)) {
    const around = open.at(-1);
    if (tag === '') around?.inside.push(decode(whole));
    else if (close === '/') open.pop();
    else {
      const made = { tag, kind: /\bclass="([^"]*)"/.exec(attributes)?.[1] ?? '', inside: [] };
      around?.inside.push(made);
      if (self !== '/' && !EMPTY.has(tag)) open.push(made);
    }
  }
  return open[0]?.inside ?? [];
}
