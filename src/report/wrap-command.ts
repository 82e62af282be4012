import { widthOf } from './display-width.ts';

/** Words as a shell splits them: what stands in quotes stays whole, also where it has blanks. */
const wordsOf = (line: string): readonly string[] =>
  line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'])+/g) ?? [];

const isValueOf = (flag: string | undefined, word: string): flag is string =>
  flag !== undefined && /^--?[a-z][\w-]*$/.test(flag) && !word.startsWith('-');

/** The same, a flag and its value as one where a line has room for both. */
function piecesOf(line: string, room: number): readonly string[] {
  const pieces: string[] = [];
  for (const word of wordsOf(line)) {
    const flag = pieces.at(-1);
    const both = `${flag} ${word}`;
    if (isValueOf(flag, word) && widthOf(both) <= room) pieces.splice(-1, 1, both);
    else pieces.push(word);
  }
  return pieces;
}

const MORE = ' \\';
const INDENT = '  ';

/**
 * A command line in lines of at most `width` characters, which a shell takes as the one that it is: broken between words
 * alone, with a backslash at the end. A longer word stays whole.
 */
export function wrapCommand(line: string, width: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let open = '';
  for (const word of piecesOf(line, width - INDENT.length - MORE.length)) {
    const longer = open === '' ? word : `${open} ${word}`;
    if (open !== '' && widthOf(longer) + MORE.length > width) {
      lines.push(`${open}${MORE}`);
      open = `${INDENT}${word}`;
    } else open = longer;
  }
  return [...lines, open];
}
