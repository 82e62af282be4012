import type { Span } from '../../chart/cut-line.ts';
import { shareOf } from '../../chart/nice-scale.ts';
import { type Html, html, percent } from '../html.ts';

/** A time in which a rule saw enough to call. Times are in ms since 1970. */
export interface RuleWindow {
  readonly from: number;
  readonly to: number;
  readonly said: string;
}

const ROW = 20;
const BOX = 12;
const GAP = 6;

/** Room that the boxes take below a chart, in px. */
export const roomForWindows = (windows: readonly RuleWindow[]): number =>
  windows.length === 0 ? 0 : windows.length * ROW + 4;

/** Boxes below a chart, each with its words where there is more room for them. `top`: of the first, in px. */
export function drawWindows(windows: readonly RuleWindow[], span: Span, top: number): Html {
  return html`${windows.map(({ from, to, said }, i) => {
    const [start, end] = [shareOf(from, span), shareOf(to, span)];
    const y = top + i * ROW + 4;
    const isLeft = start > 1 - end;
    const words = html`<text class="window-word" x="${percent(isLeft ? start : end)}" dx="${isLeft ? -GAP : GAP}" y="${y + BOX - 2}" text-anchor="${isLeft ? 'end' : 'start'}">${said}</text>`;
    return html`<rect class="bar bad" x="${percent(start)}" width="${percent(Math.max(0.004, end - start))}" y="${y}" height="${BOX}"><title>${said}</title></rect>${words}`;
  })}`;
}
