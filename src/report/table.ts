const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Characters that a text takes on screen: colour codes take none. */
export const widthOf = (text: string): number => [...text.replace(ANSI, '')].length;

export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Cut to `width` characters, the last ones a mark that something is missing. Only for text without colour codes. */
export function cutTo(text: string, width: number, mark = '…'): string {
  const letters = [...text];
  return letters.length <= width
    ? text
    : `${letters.slice(0, Math.max(0, width - widthOf(mark))).join('')}${mark}`;
}

/** The same between two words, when the first of them fits; no punctuation hangs before the mark. */
export function cutWords(text: string, width: number, mark = '…'): string {
  const letters = [...text];
  if (letters.length <= width) return text;
  const room = Math.max(0, width - widthOf(mark) - 1);
  const kept = letters.slice(0, room).join('');
  const words = letters[room] === ' ' ? kept : kept.replace(/\s+\S*$/, '');
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
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
