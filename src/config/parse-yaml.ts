import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type { Problem } from './problem.ts';

/** A parsed file that can tell where each of its parts stands. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  readonly lines: LineCounter;
}

export type Path = readonly PropertyKey[];

/** Most a configuration may hold; a larger one is a mistake or an attack (T18). */
export const MAX_BYTES = 256 * 1024;

/** Parses the text; syntax problems and duplicate keys are in `document.errors`, with their places. */
export function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: true,
  });
  return { file, text, document, lines };
}

type Range = readonly [number, number];

const rangeOf = (node: unknown): Range | undefined => {
  const range = (node as Node | null)?.range;
  return range ? [range[0], range[1]] : undefined;
};

const findPair = (node: unknown, key: PropertyKey): Pair | undefined =>
  isMap(node)
    ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
    : undefined;

/** Where a value, or with `atKey` its key, stands; for a missing part the nearest parent's key. */
function findRange(source: Source, path: Path, atKey: boolean): Range {
  let node: unknown = source.document.contents;
  let best = rangeOf(node) ?? [0, 0];
  let key: Range | undefined;
  for (const [i, part] of path.entries()) {
    const pair = findPair(node, part);
    const next = pair
      ? pair.value
      : isMap(node)
        ? undefined
        : (node as { items?: unknown[] } | null)?.items?.[Number(part)];
    key = pair ? rangeOf(pair.key) : rangeOf(next);
    if (key === undefined) return best;
    best = key;
    node = next;
    if (i === path.length - 1) return atKey ? key : (rangeOf(next) ?? key);
  }
  return best;
}

/** A problem at the place of `path`. */
export function problemAt(
  source: Source,
  path: Path,
  message: string,
  { atKey = false, severity = 'error' }: { atKey?: boolean; severity?: Problem['severity'] } = {},
): Problem {
  return problemInRange(source, findRange(source, path, atKey), message, severity);
}

/** The same for a range of the text, as a parser's own errors have it. */
export function problemInRange(
  source: Source,
  [from, to]: Range,
  message: string,
  severity: Problem['severity'] = 'error',
): Problem {
  const { line, col } = source.lines.linePos(from);
  const at = line === 0 ? { line: 1, col: 1 } : { line, col };
  const sourceLine = source.text.split('\n')[at.line - 1] ?? '';
  const width = Math.max(1, Math.min(to - from, sourceLine.length - at.col + 1));
  return { file: source.file, ...at, severity, message, source: sourceLine, width };
}
