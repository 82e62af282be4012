import type { Span } from '../../chart/cut-line.ts';
import { shareOf } from '../../chart/nice-scale.ts';
import { type Html, html, percent } from '../html.ts';
import type { TimeWords } from '../time-words.ts';
import { drawLabel } from './label.ts';
import { anchorOf, drawMoments, drawTimes, type Moment, roomFor } from './time-axis.ts';

/** What a bar says, by its pattern as well as by its colour. */
export type BarKind = 'work' | 'wait' | 'bad' | 'warn' | 'out' | 'open' | 'told';

export interface Bar {
  readonly from: number;
  /** Undefined: it has no end on record. */
  readonly to: number | undefined;
  readonly kind: BarKind;
}

/** A line of a timeline: what, how it went, and when. */
export interface GanttRow {
  readonly label: string;
  /** At the right: how long it took, or what became of it. */
  readonly said: string;
  readonly bars: readonly Bar[];
}

/** The time by which something was to be done. */
export interface Deadline {
  readonly at: number;
  readonly said: string;
}

export interface Gantt {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  readonly finding: string;
  readonly rows: readonly GanttRow[];
  readonly span: Span;
  /** From when on its times are counted as well, in ms since 1970. */
  readonly zero: number;
  readonly moments: readonly Moment[];
  readonly deadline?: Deadline;
  readonly words: TimeWords;
}

const ROW = 30;
/** What fits beside the duration on the narrowest page. */
const MOST_LETTERS = 42;
const LEAST = 0.004;

function drawBar({ from, to, kind }: Bar, span: Span, y: number): Html {
  const [x, end] = [shareOf(from, span), to === undefined ? 1 : shareOf(to, span)];
  const width = percent(Math.max(LEAST, end - x));
  const isOpen = to === undefined;
  return html`<rect class="bar ${kind}${isOpen && ' endless'}" x="${percent(Math.min(x, 1 - LEAST))}" y="${y}" width="${width}" height="9" rx="1.5"/>`;
}

function drawRow({ label, said, bars }: GanttRow, { span }: Gantt, y: number): Html {
  return html`<g><title>${label}: ${said}</title>${drawLabel(label, y + 11, MOST_LETTERS)}<text class="soft halo" x="100%" y="${y + 11}" text-anchor="end">${said}</text><line class="tick" x1="0" x2="100%" y1="${y + 20}" y2="${y + 20}"/>${bars.map((bar) => drawBar(bar, span, y + 16))}</g>`;
}

function drawDeadline(
  deadline: Deadline | undefined,
  span: Span,
  top: number,
  bottom: number,
): Html | undefined {
  if (deadline === undefined || deadline.at <= span[0] || deadline.at > span[1]) return undefined;
  const share = shareOf(deadline.at, span);
  const x = percent(share);
  return html`<line class="deadline" x1="${x}" x2="${x}" y1="${top}" y2="${bottom + 32}"/><text class="bound-word" x="${x}" y="${bottom + 45}" text-anchor="${anchorOf(share)}">${deadline.said}</text>`;
}

/** Bars over time, one row each, with the label above its bar: it is read at any width. */
export function drawGantt(gantt: Gantt): Html {
  const { id, title, finding, rows, span, zero, moments, words, deadline } = gantt;
  const top = roomFor(moments, span);
  const bottom = top + rows.length * ROW + 2;
  return html`<svg class="plot gantt" role="img" aria-labelledby="${id}-t ${id}-d" width="100%" height="${bottom + (deadline === undefined ? 34 : 50)}"><title id="${id}-t">${title}</title><desc id="${id}-d">${finding}</desc>${drawTimes(span, words, { top, bottom, most: 5, zero })}${drawMoments(moments, span, top, bottom)}${drawDeadline(deadline, span, top, bottom)}${rows.map((row, i) => drawRow(row, gantt, top + i * ROW))}</svg>`;
}
