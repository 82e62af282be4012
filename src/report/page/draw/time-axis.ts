import { sayDuration } from '../../../domain/duration.ts';
import type { Span } from '../../chart/cut-line.ts';
import { shareOf } from '../../chart/nice-scale.ts';
import { placeLabels } from '../../chart/place-labels.ts';
import { listTimes } from '../../chart/time-ticks.ts';
import { type Html, html, percent } from '../html.ts';
import type { TimeWords } from '../time-words.ts';

/** A moment that a chart is read by. */
export interface Moment {
  /** ms since 1970. */
  readonly at: number;
  readonly said: string;
}

/** The end of a label that stands at its place: those at the edges stay within the picture. */
export const anchorOf = (share: number): 'start' | 'middle' | 'end' =>
  share < 0.06 ? 'start' : share > 0.94 ? 'end' : 'middle';

/** Where the times of a chart stand, and from when on they are counted as well. */
export interface TimeAxis {
  /** Of the plot, in px. */
  readonly top: number;
  readonly bottom: number;
  readonly most: number;
  /** ms since 1970; undefined: clock times alone. */
  readonly zero?: number;
}

/** How long after nought it is: `T+8 min`; before it there is nothing to count. */
const sayAfter = (at: number, zero: number | undefined): string =>
  zero === undefined || at < zero ? '' : `T+${sayDuration(at - zero)}`;

/** Clock times below a chart, with a short line each, and below them how long after nought that is. */
export function drawTimes(span: Span, words: TimeWords, { top, bottom, most, zero }: TimeAxis): Html {
  const { stepMs, at } = listTimes(span, most, words.offsetMs(span[0]));
  return html`${at.map((one) => {
    const share = shareOf(one, span);
    const x = percent(share);
    const after = sayAfter(one, zero);
    const word = (y: number, text: string): Html =>
      html`<text class="soft" x="${x}" y="${y}" text-anchor="${anchorOf(share)}">${text}</text>`;
    return html`<line class="tick" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>${word(bottom + 15, words.tick(one, stepMs))}${after !== '' && word(bottom + 29, after)}`;
  })}`;
}

/** Room that a number above a chart needs, as a share of the narrowest page. */
const APART = 0.07;
const ROW = 20;

/** How much room the numbers of moments take above a chart, in px. */
export const roomFor = (moments: readonly Moment[], span: Span): number => {
  const rows = placeLabels(
    moments.map(({ at }) => shareOf(at, span)),
    APART,
  );
  return moments.length === 0 ? 16 : (Math.max(...rows) + 1) * ROW + 16;
};

/** Numbered lines for the moments of a span; what they are stands beside the chart. `top`: of the plot, in px. */
export function drawMoments(moments: readonly Moment[], span: Span, top: number, bottom: number): Html {
  const shares = moments.map(({ at }) => shareOf(at, span));
  const rows = placeLabels(shares, APART);
  return html`${moments.map(({ said }, i) => {
    const [share = 0, row = 0] = [shares[i], rows[i]];
    const y = top - 24 - row * ROW;
    const x = percent(Math.min(0.985, Math.max(0.015, share)));
    return html`<g><title>${i + 1}: ${said}</title><line class="mark" x1="${percent(share)}" x2="${percent(share)}" y1="${y + 8}" y2="${bottom}"/><circle class="dot" cx="${x}" cy="${y}" r="8"/><text class="number" x="${x}" y="${y + 4}" text-anchor="middle">${i + 1}</text></g>`;
  })}`;
}

/** What the numbers stand for. */
export const listMoments = (moments: readonly Moment[], words: TimeWords): Html | undefined =>
  moments.length === 0
    ? undefined
    : html`<ol class="moments">${moments.map(({ at, said }) => html`<li><time>${words.exact(at)}</time> ${said}</li>`)}</ol>`;
