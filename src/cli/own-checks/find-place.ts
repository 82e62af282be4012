import { SourceMap } from 'node:module';

/** Line and column from 1. */
export interface Position {
  readonly line: number;
  readonly col: number;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The first mention of the file with line and column in a stack, or in a parser's message. */
function findMention(text: string, path: string): Position | undefined {
  const found = new RegExp(`${literally(path)}:(\\d+):(\\d+)`).exec(text);
  return found === null ? undefined : { line: Number(found[1]), col: Number(found[2]) };
}

const MAP = /sourceMappingURL=data:application\/json[^,]*base64,([A-Za-z0-9+/=]+)/;

/** From a place in the compiled file to the place that its author wrote. */
function mapBack(compiled: string, { line, col }: Position): Position | undefined {
  const inline = MAP.exec(compiled)?.[1];
  if (inline === undefined) return undefined;
  const map = new SourceMap(JSON.parse(Buffer.from(inline, 'base64').toString('utf8')));
  const entry = map.findEntry(line - 1, col - 1);
  return 'originalLine' in entry
    ? { line: entry.originalLine + 1, col: entry.originalColumn + 1 }
    : undefined;
}

const isSyntax = (error: Error): boolean => error.message.startsWith('ParseError');

/**
 * Where in `path` an error came from, as its author sees the file; undefined when the stack does not name it.
 * `compile` gives the text that really ran.
 */
export function findPlace(error: unknown, path: string, compile: () => string): Position | undefined {
  if (!(error instanceof Error)) return undefined;
  const seen = findMention(`${error.message}\n${error.stack ?? ''}`, path);
  if (seen === undefined) return undefined;
  // The parser counts columns from 0, and in the file itself.
  if (isSyntax(error)) return { line: seen.line, col: seen.col + 1 };
  try {
    return mapBack(compile(), seen) ?? seen;
  } catch {
    return seen;
  }
}
