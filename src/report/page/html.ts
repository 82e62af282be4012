import { cleanForScreen } from '../../domain/screen-text.ts';
import { htmlText } from '../messages/html-text.ts';

/** Markup that was made here. Nothing that was read from anywhere ever is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; undefined and false stand for nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/** Foreign text: no markup, no control characters, no letters that turn the direction of reading. */
const clean = (words: string): string => htmlText.text(cleanForScreen(words));

function write(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === undefined || part === false) return '';
  return typeof part === 'object' ? part.map(write).join('') : clean(String(part));
}

/** Markup as a template: whatever is put into it is text, unless it was made by this very function. */
export const html = (parts: TemplateStringsArray, ...values: readonly Part[]): Html =>
  new Html(parts.map((part, i) => part + write(values[i])).join(''));

/** A share of the whole, as an attribute: `12.5%`. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(2))}%`;

/** A name as an anchor: letters, digits, points and dashes. Two names that differ in others alone share one. */
export const anchor = (kind: string, name: string): string =>
  `${kind}-${name.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 80)}`;
