import type { NotVerified, Verified } from '../domain/judge-verified.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Confirmation } from '../domain/watch/judge-confirmation.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';
import { wrapWords } from './table.ts';

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

/** What is not verified, those that have the same reason together: `database, data: left alone`. */
export function sayMissingProof(missing: readonly NotVerified[]): readonly string[] {
  const reasons = [...new Set(missing.map(({ why }) => why))];
  return reasons.map((why) => {
    const named = missing.filter((one) => one.why === why).map(({ what }) => what);
    return `${named.join(', ')}: ${why}`;
  });
}

const COLUMNS = 78;

/** A mark and a word, and the text behind it, which goes on below itself. */
function sayMarked(head: string, width: number, text: string): string[] {
  return wrapWords(text, COLUMNS - width).map(
    (line, i) => `  ${i === 0 ? head : ' '.repeat(width - 5)}   ${line}`,
  );
}

/**
 * What was seen of the earlier version, mostly before users were let in, and what was not: RBX-5.1 to RBX-5.5. Only where
 * nothing is missing it says VERIFIED alone.
 */
export function sayVerified({ shown, missing }: Verified, { paint, ascii }: Look): string {
  const [good, bad] = [`${glyph('pass', ascii)} VERIFIED`, `${glyph('warn', ascii)} NOT VERIFIED`];
  return [
    ...(shown.length === 0 ? [] : sayMarked(paint.good(good), good.length + 5, shown.join(', '))),
    ...sayMissingProof(missing).flatMap((line) => sayMarked(paint.warn(bad), bad.length + 5, line)),
  ].join('\n');
}
