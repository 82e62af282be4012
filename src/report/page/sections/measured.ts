import { makeRuleBook } from '../../../config/make-rule-book.ts';
import { plural } from '../../../domain/plural.ts';
import type { Rule } from '../../../domain/watch/rule.ts';
import type { Series } from '../../chart/series.ts';
import type { Measured } from '../../measured/collect-series.ts';
import { drawLineChart, type LineChart } from '../draw/line-chart.ts';
import { listMoments, type Moment } from '../draw/time-axis.ts';
import type { RuleWindow } from '../draw/windows.ts';
import { listCalls } from '../find-call.ts';
import { type Html, html } from '../html.ts';
import { sayFinding, writeFar } from '../panel-words.ts';
import { groupPanels, isFar, type Panel, sortPanels, titleOf } from '../panels.ts';
import { figure, type Section } from '../parts.ts';
import type { Report } from '../report.ts';
import { listWindows } from '../rule-windows.ts';
import { seriesTable } from '../series-table.ts';
import { makeTimeWords, type TimeWords } from '../time-words.ts';
import { momentsOf } from '../watch-moments.ts';

/** What is measured by more sources than these cannot be told apart in a picture. */
const MOST_LINES = 4;
/** More pictures than these are not looked at; the numbers of all stand in the table. */
const MOST_PANELS = 24;
const SIZES = { large: { height: 190, times: 5 }, small: { height: 84, times: 3 } };

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
  const { bounds, read } = panel;
  const id = `${prefix}-${at}`;
  const title = titleOf(panel);
  const finding = sayFinding(panel, listRows(panel, rules, report), words);
  const drawn = panel.lines.slice(0, MOST_LINES);
  const windows = size === 'large' ? listWindows(rules, panel, measured.span, report) : [];
  const { span, gaps } = measured;
  const chart: LineChart = {
    ...{ id, title, finding, lines: drawn, span, gaps, unit: read.unit, words },
    ...{ moments: size === 'large' ? moments : [], windows, bounds, ...SIZES[size] },
  };
  const legend = html`${legendOf(drawn)}${listReached(windows, words)}${size === 'large' && listMoments(moments, words)}`;
  const numbers = seriesTable(title, panel.lines, read.unit, words);
  return figure({ id, title, finding, picture: drawLineChart(chart), legend, numbers });
}

/** Rows of rules that called for a panel. */
const listRows = ({ metric, series }: Panel, rules: readonly Rule[], { story }: Report): readonly string[] =>
  listCalls(story.events).flatMap((call) => {
    const rule = rules.find(({ id }) => id === call.rule);
    return rule?.metric === metric && call.series === series ? [call.row] : [];
  });

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

/** The worst of errors and of latency is drawn large, whatever it came to; of the rest what came near a bound. */
function writePanels(panels: readonly Panel[], drawing: Drawing, at: number): Html {
  const sorted = sortPanels(panels);
  const most = SECTIONS[at]?.id === 'other' ? 0 : 1;
  const [large, rest] = [sorted.slice(0, most), sorted.slice(most)];
  const small = rest.filter((panel) => !isFar(panel));
  const [drawn, left] = [small.slice(0, MOST_PANELS), small.slice(MOST_PANELS)];
  const far = rest.filter(isFar);
  return html`${large.map((panel) => drawPanel(panel, drawing, 'large', at * 100))}${drawn.length > 0 && html`<div class="grid">${drawn.map((panel, i) => drawPanel(panel, drawing, 'small', at * 100 + 1 + i))}</div>`}${left.length > 0 && html`<p class="note">Not drawn: ${left.map(({ metric, series }) => `${metric} ${series}`).join(', ')}.</p>`}${far.length > 0 && writeFar(far, drawing.words)}`;
}

/** Once for all parts: what stands below it is by the same clock. */
const sayClock = ({ isOfLedger, count }: Measured): Html =>
  isOfLedger
    ? html`<p class="note">${plural(count, 'measurement')}, each stretch with its lowest and highest.</p>`
    : html`<p class="note">${plural(count, 'measurement')}. This watch ran on a faster clock (--time-scale): its times are its own, and not those of the timeline.</p>`;

/** Errors, latency and the rest, as watches of these runs measured them, with the bounds of the rules. */
export function writeMeasured(report: Report): readonly Section[] {
  const { runbook, measured } = report;
  const { rules } = makeRuleBook(runbook);
  const words = makeTimeWords(runbook.timezone);
  const parts = SECTIONS.map((): Html[] => []);
  for (const [i, one] of measured.entries()) {
    const drawing = { measured: one, rules, words, moments: momentsOf(one, report), report, prefix: `m${i}` };
    const split = splitPanels(groupPanels(one, rules));
    const first = split.findIndex((panels) => panels.length > 0);
    split.forEach((panels, at) => {
      if (panels.length > 0)
        parts[at]?.push(html`${at === first && sayClock(one)}${writePanels(panels, drawing, at)}`);
    });
  }
  return SECTIONS.flatMap(({ id, title }, at) => {
    const bodies = parts[at] ?? [];
    return bodies.length === 0 ? [] : [{ id, title, body: html`${bodies}` }];
  });
}
