import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { cleanForScreen } from '../domain/screen-text.ts';
import type { Source } from './parse-yaml.ts';
import type { Place, Problem } from './problem.ts';

export type Path = readonly PropertyKey[];

type Range = readonly [number, number];

const rangeOf = (node: unknown): Range | undefined => {
  const range = (node as Node | null | undefined)?.range;
  return range ? [range[0], range[1]] : undefined;
};

/** The parser gives `<<` as a symbol. */
const keyOf = ({ key }: Pair): string => {
  const value = isScalar(key) ? key.value : '';
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
};

/** An alias stands for the node it names, wherever that was written. */
const resolve = (source: Source, node: unknown): unknown =>
  isAlias(node) ? node.resolve(source.document) : node;

/** The pair of a key: the map's own, or one that `<<` merged in. */
function findPair(source: Source, node: unknown, key: PropertyKey): Pair | undefined {
  if (!isMap(node)) return undefined;
  const own = node.items.find((pair) => keyOf(pair) === String(key));
  if (own) return own;
  const merged = node.items.filter((pair) => keyOf(pair) === '<<').map((pair) => resolve(source, pair.value));
  const maps = merged.flatMap((value) => (isSeq(value) ? value.items : [value]));
  return maps.map((map) => findPair(source, resolve(source, map), key)).find((pair) => pair !== undefined);
}

interface Found {
  /** Where the key stands, or the item of a list. */
  readonly key: Range;
  readonly value: Range | undefined;
  readonly isWhole: boolean;
}

/** Walks along a path as far as the file goes; `isWhole` is false when a part of it is not written. */
function walk(source: Source, path: Path): Found {
  const root = source.document.contents;
  let node: unknown = root;
  let found: Found = { key: [0, 1], value: rangeOf(root), isWhole: true };
  for (const part of path) {
    const pair = findPair(source, node, part);
    const next = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined;
    const key = pair ? rangeOf(pair.key) : rangeOf(next);
    if (key === undefined) return { ...found, isWhole: false };
    found = { key, value: rangeOf(next), isWhole: true };
    node = resolve(source, next);
  }
  return found;
}

/** True when the file itself says something at this path (or a `<<` does): else a default holds. */
export const isWritten = (source: Source, path: Path): boolean => walk(source, path).isWhole;

/** Where a value, or with `at: 'key'` its key, stands; for a part that is not written, its parent's key. */
function findRange(source: Source, path: Path, at: 'key' | 'value'): Range {
  const { key, value, isWhole } = walk(source, path);
  return at === 'value' && isWhole && value && value[1] > value[0] ? value : key;
}

const placeOf = (source: Source, offset: number): Place => {
  const { line, col } = source.lines.linePos(offset);
  return line === 0 ? { file: source.file, line: 1, col: 1 } : { file: source.file, line, col };
};

/** Where a value, or its key, stands. */
export const findPlace = (source: Source, path: Path, at: 'key' | 'value' = 'value'): Place =>
  placeOf(source, findRange(source, path, at)[0]);

const UNSEEN = /(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** A line of the file, made safe for a terminal character by character, so that columns stay true. */
const lineAt = (source: Source, line: number): string =>
  (source.text.split('\n')[line - 1] ?? '').replace(/\r$/, '').replace(UNSEEN, '�');

/** A problem of a range of the text, as a parser's own errors have it. */
export function problemInRange(
  source: Source,
  [from, to]: Range,
  message: string,
  severity: Problem['severity'] = 'error',
): Problem {
  const place = placeOf(source, from);
  const sourceLine = lineAt(source, place.line);
  const width = Math.max(1, Math.min(to - from, sourceLine.length - place.col + 1));
  const problem = { ...place, severity, message: cleanForScreen(message), width };
  return source.hidden.has(place.line) ? problem : { ...problem, sourceLine };
}

/** A problem at the place of `path`. */
export const problemAt = (
  source: Source,
  path: Path,
  message: string,
  { at = 'value', severity = 'error' }: { at?: 'key' | 'value'; severity?: Problem['severity'] } = {},
): Problem => problemInRange(source, findRange(source, path, at), message, severity);
