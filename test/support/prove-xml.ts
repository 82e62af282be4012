/** An element as it stands in a file, with its text unescaped. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function decode(text: string): string {
  return text.replace(/&([^;]{0,10});?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1];
    const sign = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (sign === undefined || !whole.endsWith(';')) throw new SyntaxError(`no entity: ${whole}`);
    return sign;
  });
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const rest = text.replace(/\s+([a-zA-Z:_-]+)="([^"<]*)"/g, (_, name: string, value: string) => {
    if (name in attributes) throw new SyntaxError(`twice: ${name}`);
    attributes[name] = decode(value);
    return '';
  });
  if (rest.trim() !== '') throw new SyntaxError(`not attributes: ${rest}`);
  return attributes;
}

/** The root of an XML document without comments, CDATA and doctype. Throws SyntaxError where it is not well-formed. */
export function proveXml(document: string): Element {
  if (ILLEGAL.test(document)) throw new SyntaxError('a character that XML cannot hold');
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  for (const [whole, tag] of body.matchAll(/<([^<>]*)>|[^<]+/g)) {
    const top = open.at(-1) ?? root;
    if (tag === undefined) {
      if (whole.includes(']]>')) throw new SyntaxError(']]> in text');
      top.text += decode(whole);
    } else if (tag.startsWith('/')) {
      if (open.pop()?.name !== tag.slice(1)) throw new SyntaxError(`does not close: ${tag}`);
    } else {
      const [, name = '', rest = '', isEmpty] =
        /^([a-z-]+)((?:\s+[^\s=]+="[^"]*")*)\s*(\/?)$/.exec(tag) ?? [];
      if (name === '') throw new SyntaxError(`no tag: ${tag}`);
      const element: Element = { name, attributes: readAttributes(rest), children: [], text: '' };
      top.children.push(element);
      if (isEmpty === '') open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '')
    throw new SyntaxError('not one element');
  return root.children[0] as Element;
}
