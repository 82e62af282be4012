/** Part of a text whose offsets are counted in UTF-8 bytes, as PostgreSQL's parser counts them. */
export const bytesToText = (bytes: Buffer, from: number, to: number): string =>
  bytes.subarray(from, to).toString();

/** Line and column from 1 of a place that is counted in characters from 0, as PostgreSQL counts errors. */
export function placeAt(text: string, at: number): { readonly line: number; readonly col: number } {
  const lines = [...text].slice(0, at).join('').split('\n');
  return { line: lines.length, col: [...(lines.at(-1) ?? '')].length + 1 };
}
