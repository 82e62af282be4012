import { widthOf } from './table.ts';

/** Words as a shell splits them: what stands in quotes stays whole, also where it has blanks. */
const wordsOf = (line: string): readonly string[] =>
  line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'])+/g) ?? [];

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
  for (const word of wordsOf(line)) {
    const longer = open === '' ? word : `${open} ${word}`;
    if (open !== '' && widthOf(longer) + MORE.length > width) {
      lines.push(`${open}${MORE}`);
      open = `${INDENT}${word}`;
    } else open = longer;
  }
  return [...lines, open];
}
