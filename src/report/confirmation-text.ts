import { oneLine } from '../domain/screen-text.ts';
import type { Confirmation } from '../domain/watch/judge-confirmation.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';

const MARKS = {
  confirmed: ['pass', 'good', 'CONFIRMED'],
  unconfirmed: ['warn', 'warn', 'NOT CONFIRMED'],
  refuted: ['fail', 'bad', 'NOT CONFIRMED'],
  left: ['warn', 'warn', 'NOT CONFIRMED YET'],
} as const;

/** What real traffic says of the version that a rollback brought back, in a line (E-22). */
export function sayConfirmation({ outcome, said }: Confirmation, { paint, ascii }: Look): string {
  const [mark, color, word] = MARKS[outcome];
  return `  ${paint[color](`${glyph(mark, ascii)} ${word}`)}   ${oneLine(said, 200)}`;
}

/** Whether an earlier version was tried before users were let in: RBX-5.1 and RBX-5.2. */
export const sayVerified = (isVerified: boolean, { paint, ascii }: Look): string =>
  isVerified
    ? `  ${paint.good(`${glyph('pass', ascii)} VERIFIED`)}   it answers and its smoke tests went well, before users were let in`
    : `  ${paint.warn(`${glyph('warn', ascii)} NOT VERIFIED`)}   nobody tried what users do: no smoke tests, or no host`;
