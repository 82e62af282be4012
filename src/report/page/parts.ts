import { glyph, type Mark } from '../glyphs.ts';
import { anchor, type Html, html, type Part } from './html.ts';

/** A part of the report; undefined where there is nothing to tell. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** An outcome: its sign and its word, never one of them alone. */
export const outcome = (mark: Mark, word: string): Html =>
  html`<span class="o ${mark}">${glyph(mark, false)} ${word}</span>`;

/** How a table stands on a narrow screen: scrolled by itself, or each row as a block, with the heads of its cells or without. */
export type Narrow = 'scrolled' | 'blocks' | 'named-blocks';

/** A table. `numbers`: columns of figures, from 0. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Part[])[],
  numbers: readonly number[] = [],
  narrow: Narrow = 'scrolled',
): Html {
  const kind = (i: number): Html | undefined => (numbers.includes(i) ? html` class="n"` : undefined);
  const named = (i: number): Html | false => narrow === 'named-blocks' && html` data-h="${head[i]}"`;
  const body = rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row"${kind(0)}>${first}</th>${rest.map((cell, i) => html`<td${kind(i + 1)}${named(i + 1)}>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${narrow !== 'scrolled' && html` class="blocks"`}><caption>${caption}</caption><thead><tr>${head.map((cell, i) => html`<th scope="col"${kind(i)}>${cell}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** What only some readers want; open on paper. */
export const more = (title: string, body: Part): Html =>
  html`<details><summary>${title}</summary>${body}</details>`;

/** A picture with what it shows in words, what its numbers stand for, and the numbers themselves. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly finding: string;
  readonly picture: Html;
  /** Between the picture and its numbers. */
  readonly legend?: Part;
  readonly numbers: Html;
}

export const figure = ({ id, title, finding, picture, legend, numbers }: Figure): Html =>
  html`<figure id="${anchor('chart', id)}"><figcaption><strong>${title}</strong><span>${finding}</span></figcaption>${picture}${legend}${more('Show the numbers', numbers)}</figure>`;

/** Terms and what is said of them. */
export const pairs = (entries: readonly (readonly [string, Part])[]): Html =>
  html`<dl class="pairs">${entries.map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>`;
