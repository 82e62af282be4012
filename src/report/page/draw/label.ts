import { oneLine } from '../../../domain/screen-text.ts';
import { type Html, html } from '../html.ts';

/** What fits on a page of a computer and on paper. */
const MOST_WIDE = 80;

/** A name within a picture: in full where there is room, and cut to `most` letters on a narrow page, where the style shows that one. */
export function drawLabel(text: string, y: number, most: number): Html {
  const word = (kind: string, letters: number): Html =>
    html`<text class="halo${kind}" x="0" y="${y}">${oneLine(text, letters)}</text>`;
  return text.length <= most ? word('', most) : html`${word(' wide', MOST_WIDE)}${word(' narrow', most)}`;
}
