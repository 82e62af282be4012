/** Text of the configuration in a line of Markdown: no markup, no end of the cell or line. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\|<`*[\]]/g, '\\$&');

/** A table; none when it would have no rows. Cells are written as they are: `plain` makes text harmless. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || '–').join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** A heading with what stands below it; nothing where there is nothing to stand there. */
export const part = (heading: string, ...lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', heading, '', ...lines];
