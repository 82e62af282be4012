import { widthOf, widthOfLetter } from './display-width.ts';
import { splitWords } from './joined-commands.ts';

export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** As many letters of a text as take at most `width` columns. */
function startOf(text: string, width: number): string {
  let [start, taken] = ['', 0];
  for (const letter of text) {
    taken += widthOfLetter(letter);
    if (taken > width) return start;
    start += letter;
  }
  return start;
}

/** Cut to `width` columns, the last ones a mark that something is missing. Only for text without colour codes. */
export const cutTo = (text: string, width: number, mark = '…'): string =>
  widthOf(text) <= width ? text : `${startOf(text, Math.max(0, width - widthOf(mark)))}${mark}`;

/** The same between two words, when the first of them fits; no punctuation hangs before the mark. */
export function cutWords(text: string, width: number, mark = '…'): string {
  if (widthOf(text) <= width) return text;
  const kept = startOf(text, Math.max(0, width - widthOf(mark) - 1));
  const words = text[kept.length] === ' ' ? kept : kept.replace(/\s+\S*$/, '');
  return `${words.replace(/[\s·;:,(]+$/, '')} ${mark}`;
}

/** Rows as left-aligned columns, two spaces apart; no trailing space. */
export function alignColumns(rows: readonly (readonly string[])[], indent = 2): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  const margin = ' '.repeat(indent);
  return rows.map(
    (row) =>
      margin +
      row
        .map((cell, i) => padTo(cell, widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
  );
}

/** Words of a text in lines of at most `width` characters; a longer word stays whole. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of splitWords(text)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
