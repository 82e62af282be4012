import type { Query } from './find-queries.ts';

/** Where the parser took an INTO out it left blanks, so only the text before them is in the source as it is. */
const UNTIL_GAP = /^.*?(?= {6,}|$)/s;
/** PERFORM is read as SELECT. */
const MADE_UP = /^SELECT (?=\S)/;

function lineStart(body: string, line: number): number {
  const lines = body.split('\n').slice(0, Math.max(line - 1, 0));
  return lines.reduce((sum, one) => sum + one.length + 1, 0);
}

const IN_WORD = /[\p{L}\p{N}_$]/u;
const EXECUTE = /\bexecute\s+/gi;

/** Where a text begins in a body as a whole word, at or after `from`, every one of them. */
function* wholeWords(body: string, text: string, from: number): Generator<number> {
  for (let at = body.indexOf(text, from); at >= 0; at = body.indexOf(text, at + 1))
    if (!IN_WORD.test(body[at - 1] ?? ' ')) yield at;
}

function* afterExecute(body: string, text: string, from: number): Generator<number> {
  for (const { index, 0: word } of body.matchAll(EXECUTE))
    if (index >= from && body.startsWith(text, index + word.length)) yield index + word.length;
}

/**
 * Finds the queries of a body in its text. Answers an offset in characters for the first character of the query (of
 * the word that the parser made up, for PERFORM), or undefined. Two equal queries are two places.
 */
export function makeLocate(body: string): (query: Query) => number | undefined {
  const taken = new Set<number>();
  const take = (places: Iterable<number>): number | undefined => {
    for (const at of places) {
      if (taken.has(at)) continue;
      taken.add(at);
      return at;
    }
    return undefined;
  };
  return ({ text, line, kind }) => {
    const head = UNTIL_GAP.exec(text)?.[0].trimEnd() ?? text;
    const from = lineStart(body, line);
    const found = take(kind === 'dynamic' ? afterExecute(body, head, from) : wholeWords(body, head, from));
    const bare = head.replace(MADE_UP, '');
    if (found !== undefined || bare === head) return found;
    const performed = take(wholeWords(body, bare, from));
    return performed === undefined ? undefined : performed - (head.length - bare.length);
  };
}
