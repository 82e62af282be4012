import { sayDuration } from '../domain/duration.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';
import { padTo, wrapWords } from './table.ts';

/** When a screen is drawn, and in whose time. */
export interface Moment {
  readonly now: Date;
  readonly zone: string;
}

const MINUTE_MS = 60_000;

/** Whole minutes, and seconds below one. */
export function ageOf(iso: string, { now }: Moment): string {
  const ms = Math.max(0, now.getTime() - Date.parse(iso));
  const unit = ms < MINUTE_MS ? 1000 : MINUTE_MS;
  return sayDuration(Math.max(1000, Math.floor(ms / unit) * unit));
}

/** A label and its text, which goes on below itself. */
export const row = (label: string, text: string): string[] =>
  wrapWords(text, 64).map((line, i) => `  ${padTo(i === 0 ? label : '', 12)} ${line}`);

/** The same without a label, as an alarm: each line by itself, so that its ground does not fill the margin. */
export const alarm = (text: string, look: Look): string[] =>
  wrapWords(text, 64).map((line) => `  ${padTo('', 12)} ${look.paint.alarm(line)}`);

/** The same without a label, as something to look at. */
export const warn = (text: string, look: Look): string[] =>
  row('', look.paint.warn(`${glyph('warn', look.ascii)} ${text}`));
