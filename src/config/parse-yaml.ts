import { type Document, LineCounter, type ParsedNode, parseDocument } from 'yaml';

/** A parsed file that can tell where each of its parts stands. */
export interface Source {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  readonly lines: LineCounter;
  /** Lines (from 1) that may hold a secret and are never shown. */
  readonly hidden: ReadonlySet<number>;
}

/** Aliases a file may expand to; more is how a small file fills a memory (T18). */
const MAX_ALIASES = 200;

const HOLDS_SECRET =
  /(?:secret|passw|passphrase|token|api_?key|private_?key)[\w-]*["']?\s*:\s*(?!["']?[${])\S/i;
const HAS_PASSWORD = /:\/\/[^\s:/@]*:[^\s@/]+@/;

/** Lines whose key sounds like a secret and whose value is no `$NAME`, and addresses with a password. */
function findHidden(text: string): Set<number> {
  const lines = text.split('\n');
  const hides = lines.map((line) => HOLDS_SECRET.test(line) || HAS_PASSWORD.test(line));
  return new Set(hides.flatMap((isHidden, i) => (isHidden ? [i + 1] : [])));
}

/** Parses the text; syntax problems and duplicate keys are in `document.errors`, with their places. */
export function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: true,
  });
  return { file, text, document, lines, hidden: findHidden(text) };
}

const read = new WeakMap<Source['document'], unknown>();

/** The values of a file, the same object for every question. Throws ReferenceError for too many aliases. */
export function readValues({ document }: Source): unknown {
  if (!read.has(document)) read.set(document, document.toJS({ maxAliasCount: MAX_ALIASES }));
  return read.get(document);
}
