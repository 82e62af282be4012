import { makeRuleBook } from '../../../config/make-rule-book.ts';
import { sayDuration } from '../../../domain/duration.ts';
import { plural } from '../../../domain/plural.ts';
import type { Rule } from '../../../domain/watch/rule.ts';
import { findWorst, type Series, sumBroken } from '../../chart/series.ts';
import type { Measured } from '../../measured/collect-series.ts';
import { listBounds, type RuleBound } from '../../measured/list-bounds.ts';
import { drawLineChart, type LineChart } from '../draw/line-chart.ts';
import { listMoments, type Moment } from '../draw/time-axis.ts';
import type { RuleWindow } from '../draw/windows.ts';
import { type Html, html } from '../html.ts';
import { figure, type Section } from '../parts.ts';
import { sayNumber } from '../peaks.ts';
import type { Report } from '../report.ts';
import { listWindows } from '../rule-windows.ts';
import { seriesTable } from '../series-table.ts';
import { makeTimeWords, type TimeWords } from '../time-words.ts';
import { type Metric, metricOf } from '../unit-of.ts';
import { momentsOf } from '../watch-moments.ts';

/** One thing that was measured, by one source or by several. */
interface Panel {
  readonly metric: string;
  readonly series: string;
  readonly lines: readonly Series[];
}

/** What is measured by more sources than these cannot be told apart in a picture. */
const MOST_LINES = 4;
/** More pictures than these are not looked at; the numbers of all stand in the table. */
const MOST_PANELS = 24;
const SIZES = { large: { height: 190, times: 5 }, small: { height: 84, times: 3 } };

function groupPanels(lines: readonly Series[]): readonly Panel[] {
  const panels = new Map<string, Panel>();
  for (const line of lines) {
    const { metric, series } = line;
    const key = `${metric}\n${series}`;
    panels.set(key, { metric, series, lines: [...(panels.get(key)?.lines ?? []), line] });
  }
  return [...panels.values()];
}

/** How a series stands to the bounds: the worst reading, and for how long the gravest bound that it met was met. */
function sayFinding(
  panel: Panel,
  bounds: readonly RuleBound[],
  { unit, isFloor }: Metric,
  words: TimeWords,
): string {
  const [first] = panel.lines
    .flatMap((line) => {
      const worst = findWorst(line.stretches, isFloor);
      return worst === undefined ? [] : [{ line, worst }];
    })
    .sort((a, b) => (isFloor ? a.worst.value - b.worst.value : b.worst.value - a.worst.value));
  if (first === undefined) return 'Nothing was measured.';
  const { line, worst } = first;
  const extreme = `${isFloor ? 'Lowest' : 'Highest'} ${sayNumber(worst.value)} ${unit} at ${words.exact(worst.at)}`;
  const met = bounds.filter(({ value }) => (isFloor ? worst.value < value : worst.value >= value));
  const gravest = met.at(-1);
  if (gravest === undefined)
    return `${extreme}; ${bounds.length === 0 ? 'no rule judges it' : 'within every bound'}.`;
  const broken = sayDuration(sumBroken(line, gravest.value, isFloor));
  return `${extreme}; ${isFloor ? 'below' : 'at or above'} the bound of ${gravest.level} (${sayNumber(gravest.value)} ${unit}) for ${broken}.`;
}

interface Drawing {
  readonly measured: Measured;
  readonly rules: readonly Rule[];
  readonly words: TimeWords;
  readonly moments: readonly Moment[];
  readonly report: Report;
  /** Tells the pictures of two watches apart. */
  readonly prefix: string;
}

const legendOf = (lines: readonly Series[]): Html =>
  html`<ul class="key lines">${lines.map(({ source }, i) => html`<li><svg class="swatch" width="26" height="8" aria-hidden="true"><line class="line c${i % 4}" x1="0" x2="26" y1="4" y2="4"/></svg>${source}</li>`)}</ul>`;

/** The boxes below a picture in words. */
const listReached = (windows: readonly RuleWindow[], words: TimeWords): Html | false =>
  windows.length > 0 &&
  html`<p class="note">Boxes: what a rule counted until it called. ${windows.map(({ from, to, said }) => `${said}: ${words.exact(from)} to ${words.exact(to)}`).join('; ')}.</p>`;

function drawPanel(
  panel: Panel,
  { measured, rules, words, moments, prefix, report }: Drawing,
  size: keyof typeof SIZES,
  at: number,
): Html {
  const metric = metricOf(rules, panel.metric);
  const bounds = listBounds(rules, panel.metric, panel.series, measured.baselines);
  const id = `${prefix}-${at}`;
  const title = panel.series === 'all' ? metric.title : `${metric.title}: ${panel.series}`;
  const finding = sayFinding(panel, bounds, metric, words);
  const drawn = panel.lines.slice(0, MOST_LINES);
  const windows = size === 'large' ? listWindows(rules, panel, measured.span, report) : [];
  const chart: LineChart = {
    ...{
      id,
      title,
      finding,
      lines: drawn,
      span: measured.span,
      gaps: measured.gaps,
      unit: metric.unit,
      words,
    },
    ...{
      moments: size === 'large' ? moments : [],
      windows,
      bounds,
      ...SIZES[size],
    },
  };
  const legend = html`${legendOf(drawn)}${listReached(windows, words)}${size === 'large' && listMoments(moments, words)}`;
  return figure({
    id,
    title,
    finding,
    picture: drawLineChart(chart),
    legend,
    numbers: seriesTable(title, panel.lines, metric.unit, words),
  });
}

/** Endpoints by how bad it was, so that the one that matters is drawn first and large. */
function sortPanels(panels: readonly Panel[], { rules, measured }: Drawing): readonly Panel[] {
  const weight = ({ metric, series, lines }: Panel): number => {
    const { isFloor } = metricOf(rules, metric);
    const bounds = listBounds(rules, metric, series, measured.baselines);
    const worst = lines.flatMap((line) => findWorst(line.stretches, isFloor)?.value ?? []);
    const met = bounds.filter(({ value }) => worst.some((one) => (isFloor ? one < value : one >= value)));
    return met.length + (bounds[0] ? Math.min(0.9, Math.max(0, ...worst) / (bounds[0].value || 1) / 10) : 0);
  };
  const weighed = panels.map((panel) => ({ panel, weight: weight(panel) }));
  return weighed.sort((a, b) => b.weight - a.weight).map(({ panel }) => panel);
}

const SECTIONS = [
  { id: 'errors', title: 'Error rate', is: (metric: string) => metric === 'error-percent' },
  {
    id: 'latency',
    title: 'Latency',
    is: (metric: string) => /p9[59](-all)?-ms$/.test(metric) && !metric.startsWith('query'),
  },
  { id: 'other', title: 'Everything else that was measured', is: () => true },
] as const;

function splitPanels(panels: readonly Panel[]): readonly (readonly Panel[])[] {
  const used = new Set<Panel>();
  return SECTIONS.map(({ is }) => {
    const own = panels.filter((panel) => !used.has(panel) && is(panel.metric));
    for (const panel of own) used.add(panel);
    return own;
  });
}

function writePanels(panels: readonly Panel[], drawing: Drawing, at: number): Html {
  const sorted = sortPanels(panels, drawing);
  const isLed = SECTIONS[at]?.id !== 'other';
  const [large, small] = isLed ? [sorted.slice(0, 1), sorted.slice(1)] : [[], sorted];
  const left = small.slice(MOST_PANELS);
  return html`${large.map((panel) => drawPanel(panel, drawing, 'large', at * 100))}<div class="grid">${small.slice(0, MOST_PANELS).map((panel, i) => drawPanel(panel, drawing, 'small', at * 100 + 1 + i))}</div>${left.length > 0 && html`<p class="note">Not drawn: ${left.map(({ metric, series }) => `${metric} ${series}`).join(', ')}.</p>`}`;
}

const sayClock = ({ isOfLedger, count }: Measured): string =>
  isOfLedger
    ? `${plural(count, 'measurement')}, each stretch with its lowest and highest.`
    : `${plural(count, 'measurement')}. This watch ran on a faster clock (--time-scale): its times are its own, and not those of the timeline.`;

/** Errors, latency and the rest, as watches of these runs measured them, with the bounds of the rules. */
export function writeMeasured(report: Report): readonly Section[] {
  const { runbook, measured } = report;
  const { rules } = makeRuleBook(runbook);
  const words = makeTimeWords(runbook.timezone);
  const parts = SECTIONS.map((): Html[] => []);
  for (const [i, one] of measured.entries()) {
    const drawing = { measured: one, rules, words, moments: momentsOf(one, report), report, prefix: `m${i}` };
    splitPanels(groupPanels(one.lines)).forEach((panels, at) => {
      if (panels.length > 0)
        parts[at]?.push(html`<p class="note">${sayClock(one)}</p>${writePanels(panels, drawing, at)}`);
    });
  }
  return SECTIONS.flatMap(({ id, title }, at) => {
    const bodies = parts[at] ?? [];
    return bodies.length === 0 ? [] : [{ id, title, body: html`${bodies}` }];
  });
}
