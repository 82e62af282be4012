import { cleanForScreen } from '../../domain/screen-text.ts';
import { glyph, glyphWidth, type Mark, toAscii } from '../glyphs.ts';
import type { Look } from '../look.ts';
import { cutTo, padTo, wrapWords } from '../table.ts';
import type { Standing } from './scene.ts';

/** One screen. */
export interface ScreenLook extends Look {
  readonly rows: number;
}

/** Below so many columns everything is shorter. */
export const NARROW = 60;

const MARKS: Readonly<Record<Standing, Mark>> = {
  good: 'pass',
  near: 'warn',
  bad: 'fail',
  unknown: 'unknown',
  off: 'skip',
};

/** What a line may take: one column less than there is, because some terminals wrap a full one. */
export const roomOf = ({ columns }: Look): number => Math.max(10, columns - 1);

/** Safe for a terminal, on one line, no wider than `width`. */
export function cutLine(text: string, width: number, { ascii }: Look): string {
  const safe = cleanForScreen(text).replace(/[\n\t]/g, ' ');
  return ascii ? cutTo(toAscii(safe), width, '~') : cutTo(safe, width);
}

/** The same in as many lines as it takes, broken between words. */
export const wrapLine = (text: string, width: number, look: Look): readonly string[] =>
  wrapWords(cleanForScreen(text).replace(/[\n\t]/g, ' '), width).map((line) => cutLine(line, width, look));

/** The same, filled up with spaces. */
export const column = (text: string, width: number, look: Look): string =>
  padTo(cutLine(text, width, look), width);

/** The same, at the right. */
export const columnRight = (text: string, width: number, look: Look): string =>
  cutLine(text, width, look).padStart(width);

export function paintBy(standing: Standing, text: string, { paint }: Look): string {
  if (standing === 'good') return paint.good(text);
  if (standing === 'bad') return paint.bad(text);
  return standing === 'off' ? paint.dim(text) : paint.warn(text);
}

/** `✔`, `[ok]  `: all signs of one set are of one width. */
export const signOf = (standing: Standing, look: Look): string =>
  paintBy(standing, padTo(glyph(MARKS[standing], look.ascii), glyphWidth(look.ascii)), look);
