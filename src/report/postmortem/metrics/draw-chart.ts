import { oneLine } from '../../../domain/screen-text.ts';
import { htmlText } from '../../messages/html-text.ts';
import { sayClock } from '../../messages/times.ts';
import { chooseDrawn } from './choose-drawn.ts';
import { drawPanel, type Scale } from './draw-panel.ts';
import type { Figures } from './figures.ts';
import type { Mark } from './list-marks.ts';

const LEFT = 64;
const WIDTH = 800;
const RIGHT = 780;
const TOP = 100;
const PANEL = 150;
const BETWEEN = 44;
const MARK_ROOM = 16;
const TICKS = 5;

/** Read by whoever has the light on, and by whoever has not. */
const STYLE = `
svg { background: #ffffff; color: #1f2328; font: 12px system-ui, sans-serif }
text { fill: currentColor } .soft { fill: #59636e } .grid { stroke: #d1d9e0 } .mark { stroke: #59636e; stroke-dasharray: 4 3 }
.line { fill: none; stroke-width: 2 }
.c0 { stroke: #0b5fae } .c1 { stroke: #b45309 } .c2 { stroke: #047857 } .c3 { stroke: #7c3aed }
.c1, .c3 { stroke-dasharray: 6 2 } .dot { stroke-width: 5; stroke-linecap: round; stroke-dasharray: none }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117; color: #e6edf3 } .soft { fill: #9198a1 } .grid { stroke: #30363d } .mark { stroke: #9198a1 }
.c0 { stroke: #7cb7ff } .c1 { stroke: #f5b657 } .c2 { stroke: #5fd3a5 } .c3 { stroke: #c4a7ff }
}`;

type Known = Mark & { readonly at: string };

function spanOf(figures: Figures, marks: readonly Known[]): readonly [number, number] {
  const times = [
    ...figures.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.map(({ at }) => at))),
    ...marks.map(({ at }) => Date.parse(at)),
  ];
  const from = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return [
    from,
    Math.max(
      from + 60_000,
      times.reduce((a, b) => Math.max(a, b), from),
    ),
  ];
}

/** Numbers of moments that are close to each other stand beside each other. */
function drawMarks(marks: readonly Known[], { x }: Scale, bottom: number): readonly string[] {
  let free = Number.NEGATIVE_INFINITY;
  return marks.flatMap(({ at }, i) => {
    const place = x(Date.parse(at));
    const label = Math.max(place, free);
    free = label + MARK_ROOM;
    return [
      `<line class="mark" x1="${place}" x2="${place}" y1="${TOP - 8}" y2="${bottom}"/>`,
      `<text x="${label}" y="${TOP - 12}" text-anchor="middle" font-weight="bold">${i + 1}</text>`,
    ];
  });
}

const drawTimes = ({ from, to, x }: Scale, bottom: number, zone: string): readonly string[] =>
  Array.from({ length: TICKS }, (_, i) => {
    const at = from + ((to - from) * i) / (TICKS - 1);
    const anchor = i === 0 ? 'start' : i === TICKS - 1 ? 'end' : 'middle';
    const said = htmlText.text(sayClock(new Date(at).toISOString(), zone));
    return `<text class="soft" x="${x(at)}" y="${bottom + 18}" text-anchor="${anchor}">${said}</text>`;
  });

const sayMarks = (marks: readonly Known[], zone: string): readonly string[] =>
  marks.map(({ at, said }, i) => `${i + 1}  ${said}, ${sayClock(at, zone)}`);

const drawSources = (sources: readonly string[]): readonly string[] =>
  sources.flatMap((source, i) => {
    const x = LEFT + i * 170;
    return [
      `<line class="line c${i}" x1="${x}" x2="${x + 24}" y1="42" y2="42"/>`,
      `<text x="${x + 30}" y="46">${htmlText.text(oneLine(source, 20))}</text>`,
    ];
  });

export interface Chart {
  readonly title: string;
  /** Whose picture it is: another one is never written over. */
  readonly run: string;
  readonly figures: Figures;
  readonly marks: readonly Mark[];
  readonly zone: string;
}

/** Errors and P95 over the time of an incident as an SVG, with its moments; where nothing was measured there is no line. */
export function drawChart({ title, run, figures, marks, zone }: Chart): string {
  const known = marks.filter((mark): mark is Known => mark.at !== undefined);
  const [from, to] = spanOf(figures, known);
  const x = (at: number): number => Math.round(LEFT + ((RIGHT - LEFT) * (at - from)) / (to - from));
  const scale = { from, to, x, left: LEFT, right: RIGHT, height: PANEL };
  const sources = chooseDrawn(figures);
  const drawn = figures.filter(({ source }) => sources.includes(source));
  const second = TOP + PANEL + BETWEEN;
  const bottom = second + PANEL;
  const words = sayMarks(known, zone);
  const height = bottom + 36 + words.length * 18;
  const about = `${words.join('; ')}. Lines are interrupted where nothing was measured.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" data-run="${htmlText.text(run)}" aria-labelledby="t d">`,
    `<title id="t">${htmlText.text(title)}</title>`,
    `<desc id="d">${htmlText.text(about)}</desc>`,
    `<style>${STYLE}</style>`,
    `<text x="16" y="24" font-size="16" font-weight="bold">${htmlText.text(title)}</text>`,
    ...drawSources(sources),
    ...drawPanel(drawn, sources, { ...scale, top: TOP, metric: 'error-percent', label: 'Errors, %' }),
    ...drawPanel(drawn, sources, {
      ...scale,
      top: second,
      metric: 'p95-ms',
      label: 'P95 of the slowest endpoint, ms',
    }),
    ...drawMarks(known, scale, bottom),
    ...drawTimes(scale, bottom, zone),
    ...words.map((said, i) => `<text x="${LEFT}" y="${bottom + 44 + i * 18}">${htmlText.text(said)}</text>`),
    '</svg>',
    '',
  ].join('\n');
}
