import type { Readable } from 'node:stream';

// A return at the very end may be the first half of a line end whose second half is still to come.
const LINE_END = /\r?\n|\r(?!\n|$)/;

/** Without returns, which hardly any file has, the engine splits by itself. */
const split = (text: string): string[] => (text.includes('\r') ? text.split(LINE_END) : text.split('\n'));

/**
 * Gives every line of a text to `take`, whatever it ends with; a last one needs no end. What node:readline does, in a
 * fraction of its time: that makes a promise for each line. Throws what `take` throws, and what the stream ends with.
 */
export async function eachLine(input: Readable, take: (line: string) => void): Promise<void> {
  let rest = '';
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const lines = split(rest + chunk);
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  if (rest !== '') take(rest.replace(/\r$/, ''));
}
