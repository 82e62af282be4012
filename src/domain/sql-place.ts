/** A place in a file: line and column from 1, the column in characters (code points). */
export interface SqlPlace {
  readonly line: number;
  readonly column: number;
}

const NEWLINE = 10;
const isContinued = (byte: number): boolean => (byte & 0xc0) === 0x80;

function lineStartsOf(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  bytes.forEach((byte, i) => {
    if (byte === NEWLINE) starts.push(i + 1);
  });
  return starts;
}

/** Index of the last start that is not after `at`. */
function lineOf(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns offsets that are counted in UTF-8 bytes, as PostgreSQL's parser counts them, into places of this text. */
export function makePlaces(text: string): (at: number) => SqlPlace {
  const bytes = new TextEncoder().encode(text);
  const starts = lineStartsOf(bytes);
  return (at) => {
    const until = Math.min(Math.max(at, 0), bytes.length);
    const line = lineOf(starts, until);
    const before = bytes.subarray(starts[line] ?? 0, until);
    const column = before.reduce((count, byte) => (isContinued(byte) ? count : count + 1), 1);
    return { line: line + 1, column };
  };
}
