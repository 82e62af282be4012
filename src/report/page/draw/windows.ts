import type { Span } from '../../chart/cut-line.ts';
import { shareOf } from '../../chart/nice-scale.ts';
import { type Html, html, percent } from '../html.ts';

/** A time in which a rule saw enough to call. Times are in ms since 1970. */
export interface RuleWindow {
  readonly from: number;
  readonly to: number;
  /** At the box; `said` is the whole of it. */
  readonly label: string;
  readonly said: string;
}

const ROW = 20;
const BOX = 12;
const GAP = 6;
/** Room that a label needs beside its box, as a share of the narrowest page. */
const LEAST = 0.26;

/** Behind the box, before it, or on it: where it is not cut off. */
function placeLabel(start: number, end: number) {
  if (1 - end >= LEAST) return { x: percent(end), dx: GAP, anchor: 'start' };
  if (start >= LEAST) return { x: percent(start), dx: -GAP, anchor: 'end' };
  return { x: percent(start), dx: GAP, anchor: 'start' };
}

/** Room that the boxes take below a chart, in px. */
export const roomForWindows = (windows: readonly RuleWindow[]): number =>
  windows.length === 0 ? 0 : windows.length * ROW + 4;

/** Boxes below a chart, each with its label. `top`: of the first, in px. */
export function drawWindows(windows: readonly RuleWindow[], span: Span, top: number): Html {
  return html`${windows.map(({ from, to, label, said }, i) => {
    const [start, end] = [shareOf(from, span), shareOf(to, span)];
    const y = top + i * ROW + 4;
    const { x, dx, anchor } = placeLabel(start, end);
    const word = html`<text class="window-word" x="${x}" dx="${dx}" y="${y + BOX - 2}" text-anchor="${anchor}">${label}</text>`;
    return html`<rect class="bar bad" x="${percent(start)}" width="${percent(Math.max(0.004, end - start))}" y="${y}" height="${BOX}"><title>${said}</title></rect>${word}`;
  })}`;
}
