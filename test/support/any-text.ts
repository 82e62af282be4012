import fc from 'fast-check';

/** Code points that no text holds alone: halves of the letters beyond the first 65,536. */
const [FIRST_HALF, HALVES] = [0xd800, 0x800];

const toChar = (n: number): string => String.fromCodePoint(n < FIRST_HALF ? n : n + HALVES);

function fromChar(char: unknown): number {
  if (typeof char !== 'string' || [...char].length !== 1) throw new Error('not one character');
  const code = char.codePointAt(0) ?? 0;
  return code < FIRST_HALF ? code : code - HALVES;
}

/**
 * Any character there is, as the unit of `fc.string`. It is its own `binary`, which first lists all 1,112,064 of them: two
 * seconds and a hundred megabytes.
 */
export const anyChar = fc.nat({ max: 0x10ffff - HALVES }).map(toChar, fromChar);
