import { flawed, type Parsed, parsed } from './parsed.ts';

/** An element of an XML document; its text is left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

interface Open extends XmlElement {
  readonly children: Open[];
}

const DEEPEST = 200;
const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const CLOSING = /<\/([A-Za-z_][\w.:-]*)\s*>/y;
const KNOWN = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }));

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

function decodeOne(whole: string, word: string): string {
  const known = KNOWN.get(word);
  if (known !== undefined) return known;
  const code = word.startsWith('#x') ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1));
  return word.startsWith('#') && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** The five entities of XML and characters by number. Any other stays as it stands: nothing is ever expanded. */
const decode = (text: string): string => text.replace(/&(#?\w{1,12});/g, decodeOne);

/** Where a comment, an instruction or raw text at `at` ends; undefined when something else stands there. */
function skipPassive(text: string, at: number): number | undefined {
  const pairs = [
    ['<?', '?>'],
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
  ] as const;
  const pair = pairs.find(([begin]) => text.startsWith(begin, at));
  if (pair === undefined) return undefined;
  const end = text.indexOf(pair[1], at + pair[0].length);
  return end < 0 ? text.length : end + pair[1].length;
}

interface Tag {
  readonly element: Open;
  readonly isEmpty: boolean;
  readonly end: number;
}

function readTag(text: string, at: number): Tag | undefined {
  const name = match(NAME, text, at + 1);
  if (name === null) return undefined;
  const attributes = new Map<string, string>();
  let place = at + 1 + name[0].length;
  for (let one = match(ATTRIBUTE, text, place); one !== null; one = match(ATTRIBUTE, text, place)) {
    attributes.set(one[1] ?? '', decode(one[2] ?? one[3] ?? ''));
    place += one[0].length;
  }
  const close = match(TAG_END, text, place);
  if (close === null) return undefined;
  const element = { name: name[0], attributes, children: [] };
  return { element, isEmpty: close[1] === '/', end: place + close[0].length };
}

const BROKEN = flawed('it is no XML, or not all of it');

/** Reads one tag at `at` into the tree; where it ends, or a flaw. */
function takeTag(text: string, at: number, open: Open[]): number | ReturnType<typeof flawed> {
  if (text.startsWith('<!DOCTYPE', at)) return flawed('it brings a document type, which is not read');
  const closing = match(CLOSING, text, at);
  if (closing !== null) {
    const left = open.pop();
    return left?.name === closing[1] && open.length > 0 ? at + closing[0].length : BROKEN;
  }
  const tag = readTag(text, at);
  const parent = open.at(-1);
  if (tag === undefined || parent === undefined) return BROKEN;
  if (open.length > DEEPEST) return flawed(`it is deeper than ${DEEPEST} elements`);
  parent.children.push(tag.element);
  if (!tag.isEmpty) open.push(tag.element);
  return tag.end;
}

/**
 * The root element of a document. Small on purpose: no document types, no entities but the five of XML, no text, so
 * that a report can neither reach for a file nor grow while it is read. Takes time in proportion to its length.
 */
export function parseXml(text: string): Parsed<XmlElement> {
  if (text.trim() === '') return flawed('it is empty');
  const top: Open = { name: '', attributes: new Map(), children: [] };
  const open = [top];
  for (let at = text.indexOf('<'); at >= 0; ) {
    const after = skipPassive(text, at) ?? takeTag(text, at, open);
    if (typeof after !== 'number') return after;
    at = text.indexOf('<', after);
  }
  const [root, second] = top.children;
  return root !== undefined && second === undefined && open.length === 1 ? parsed(root) : BROKEN;
}
