import { cutLine, type Span } from '../../chart/cut-line.ts';
import { listTicks, roundUp, shareOf } from '../../chart/nice-scale.ts';
import { type Axes, DRAWING, writePoints } from '../../chart/points.ts';
import type { Series } from '../../chart/series.ts';
import { type Html, html, percent } from '../html.ts';
import type { TimeWords } from '../time-words.ts';
import { drawMoments, drawTimes, type Moment, roomFor } from './time-axis.ts';
import { drawWindows, type RuleWindow, roomForWindows } from './windows.ts';

/** A bound that is drawn; its level stands at its line. */
export interface Bound {
  readonly value: number;
  /** `P0`, `hold`. */
  readonly level: string;
}

/** What a line chart is made of. Times are in ms since 1970. */
export interface LineChart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in a sentence. */
  readonly finding: string;
  readonly lines: readonly Series[];
  readonly bounds: readonly Bound[];
  readonly span: Span;
  readonly gaps: readonly Span[];
  readonly moments: readonly Moment[];
  /** Below its times. */
  readonly windows: readonly RuleWindow[];
  readonly unit: string;
  readonly words: TimeWords;
  /** Of the plot alone, in px. */
  readonly height: number;
  readonly times: number;
}

/** Readings that are further apart than so many stretches, or than this, have nothing between them. */
const APART_STRETCHES = 3;
const APART_MS = 120_000;

/** From nought, unless all of it lies close to a hundred: shares that must not fall are read from there. */
function valuesOf(lines: readonly Series[], bounds: readonly Bound[], unit: string): Axes['values'] {
  const stretches = lines.flatMap((line) => line.stretches);
  const highest = stretches.reduce((most, one) => Math.max(most, one.highest), 0);
  const lowest = stretches.reduce((least, one) => Math.min(least, one.lowest), Number.POSITIVE_INFINITY);
  const near = bounds.map(({ value }) => value).filter((value) => value <= highest * 1.6);
  const first = bounds.map(({ value }) => value).sort((a, b) => a - b)[0] ?? 0;
  const isShare = unit === '%' && highest <= 100 && lowest >= 50;
  if (isShare) return [Math.floor(Math.min(lowest, first || lowest, 99) / 10) * 10, 100];
  const top = roundUp(Math.max(highest * 1.05, first * 1.05, ...near.map((value) => value * 1.05)));
  return [0, unit === '%' && highest <= 100 ? Math.min(100, top) : top];
}

const round = (value: number): number => Number(value.toPrecision(4));

const yOf = (value: number, values: Axes['values'], top: number, height: number): number =>
  Math.round(top + height * (1 - shareOf(value, values)));

/** Lines that lie closer than this (px) share their letters. */
const LETTER = 13;

interface Grid {
  readonly values: Axes['values'];
  readonly unit: string;
  readonly top: number;
  readonly height: number;
}

/** A number that a bound says already is not said twice. */
function drawGrid({ values, unit, top, height }: Grid, bounds: readonly Bound[]): Html {
  const taken = bounds.map(({ value }) => yOf(value, values, top, height));
  return html`${listTicks(values, 3).map((value, i) => {
    const y = yOf(value, values, top, height);
    const isFree = taken.every((one) => Math.abs(one - y) > LETTER);
    const word = html`<text class="soft halo" x="2" y="${y - 4}">${round(value)} ${unit}</text>`;
    return html`<line class="${i === 0 ? 'base' : 'tick'}" x1="0" x2="100%" y1="${y}" y2="${y}"/>${isFree && word}`;
  })}`;
}

const isDrawn = ({ value }: Bound, [from, to]: Axes['values']): boolean => value > from && value < to;

/** `hold, P3 0.5 %`, or of bounds that lie on each other `hold to P0 0.1–5 %`. */
function sayBounds(bounds: readonly Bound[], unit: string): string {
  const values = [...new Set(bounds.map(({ value }) => round(value)))];
  const levels = [...new Set(bounds.map(({ level }) => level))];
  const [first, last] = [levels[0] ?? '', levels.at(-1) ?? ''];
  if (values.length === 1) return `${levels.join(', ')} ${values[0]} ${unit}`;
  return `${first} to ${last} ${values[0]}–${values.at(-1)} ${unit}`;
}

/** Dashed lines; those that would lie on each other are one, with the words of all. */
function drawBounds(bounds: readonly Bound[], { values, unit, top, height }: Grid): Html {
  const places = new Map<number, Bound[]>();
  for (const bound of bounds) {
    const y = yOf(bound.value, values, top, height);
    const beside = [...places.keys()].find((known) => Math.abs(known - y) < LETTER) ?? y;
    places.set(beside, [...(places.get(beside) ?? []), bound]);
  }
  return html`${[...places].map(([y, these]) => {
    const isGrave = these.some(({ level }) => level === 'P0' || level === 'P1');
    return html`<line class="bound${isGrave && ' grave'}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="bound-word" x="100%" y="${y - 4}" text-anchor="end">${sayBounds(these, unit)}</text>`;
  })}`;
}

function drawGaps(gaps: readonly Span[], span: Span, top: number, height: number): Html {
  return html`${gaps.map(([from, to]) => {
    const [x, end] = [shareOf(from, span), shareOf(to, span)];
    const word = html`<text class="soft" x="${percent((x + end) / 2)}" y="${top + 14}" text-anchor="middle">no data</text>`;
    return html`<rect class="gap" x="${percent(x)}" width="${percent(Math.max(0.002, end - x))}" y="${top}" height="${height}"><title>nobody measured</title></rect>${end - x > 0.14 && word}`;
  })}`;
}

function drawLines({ lines, gaps }: LineChart, axes: Axes, top: number, height: number): Html {
  const { width, height: inner } = DRAWING;
  const drawn = lines.flatMap((line, i) =>
    cutLine(line.stretches, { apartMs: Math.max(APART_MS, APART_STRETCHES * line.stretchMs), gaps }).map(
      (piece) => html`<polyline class="line c${i % 4}" points="${writePoints(piece, axes)}"/>`,
    ),
  );
  return html`<svg x="0" y="${top}" width="100%" height="${height}" viewBox="0 0 ${width} ${inner}" preserveAspectRatio="none" overflow="visible">${drawn}</svg>`;
}

/** Lines over time with their bounds, gaps and moments. Widths are shares of the room, so that letters keep their size. */
export function drawLineChart(chart: LineChart): Html {
  const { id, title, finding, span, moments, windows, bounds, unit, words, height, lines } = chart;
  const top = roomFor(moments, span);
  const axes = { time: span, values: valuesOf(lines, bounds, unit) };
  const grid = { values: axes.values, unit, top, height };
  const drawn = bounds.filter((one) => isDrawn(one, axes.values));
  const below = top + height + 20;
  return html`<svg class="plot" role="img" aria-labelledby="${id}-t ${id}-d" width="100%" height="${below + roomForWindows(windows)}"><title id="${id}-t">${title}</title><desc id="${id}-d">${finding}</desc>${drawGaps(chart.gaps, span, top, height)}${drawGrid(grid, drawn)}${drawTimes(span, words, { top, bottom: top + height, most: chart.times })}${drawBounds(drawn, grid)}${drawMoments(moments, span, top, top + height)}${drawLines(chart, axes, top, height)}${drawWindows(windows, span, below)}</svg>`;
}
