import type { RunState } from '../../../ledger/fold.ts';
import { roundUp, shareOf } from '../../chart/nice-scale.ts';
import type { Mark } from '../../glyphs.ts';
import { drawLabel } from '../draw/label.ts';
import { anchor, type Html, html, percent } from '../html.ts';
import { figure, outcome, type Section, table } from '../parts.ts';
import { sayNumber } from '../peaks.ts';
import type { Report } from '../report.ts';
import { listSmoke, type SmokeSeen } from '../smoke-seen.ts';

const ROW = 34;
const MARKS: Readonly<Record<string, Mark>> = {
  pass: 'pass',
  close: 'warn',
  fail: 'fail',
  skip: 'skip',
  unknown: 'unknown',
};

/** `61 of 100 ms`. */
const sayP95 = ({ p95Ms, limitMs }: SmokeSeen): string =>
  p95Ms === undefined
    ? 'not measured'
    : `${sayNumber(p95Ms)}${limitMs === undefined ? '' : ` of ${limitMs}`} ms`;

/** Every bar against its own limit: a hundred is the limit, so that a slow and a quick endpoint are read alike. */
function drawBar(seen: SmokeSeen, most: number, y: number): Html {
  const { endpoint, p95Ms, maxMs, limitMs = 1 } = seen;
  const place = (ms: number): string => percent(shareOf((100 * ms) / limitMs, [0, most]));
  const isOver = p95Ms !== undefined && p95Ms > limitMs;
  return html`<g><title>${endpoint}: ${sayP95(seen)}</title>${drawLabel(endpoint, y + 11, 30)}<text class="soft halo" x="100%" y="${y + 11}" text-anchor="end">${sayP95(seen)}</text><rect class="track" x="0" y="${y + 16}" width="100%" height="10" rx="1.5"/>${p95Ms !== undefined && html`<rect class="bar ${isOver ? 'bad' : 'work'}" x="0" y="${y + 16}" width="${place(p95Ms)}" height="10" rx="1.5"/>`}${maxMs !== undefined && html`<circle class="max" cx="${place(maxMs)}" cy="${y + 21}" r="3.5"/>`}</g>`;
}

function drawBars(seen: readonly SmokeSeen[], id: string, title: string, finding: string): Html {
  const shares = seen.flatMap(
    ({ p95Ms = 0, maxMs = 0, limitMs = 1 }) => (100 * Math.max(p95Ms, maxMs)) / limitMs,
  );
  const most = Math.max(110, Math.min(300, roundUp(Math.max(...shares))));
  const height = seen.length * ROW + 20;
  const x = percent(shareOf(100, [0, most]));
  const word = html`<text class="bound-word" x="${x}" y="${height - 4}" text-anchor="end">limit of P95</text>`;
  // Beside the bars alone: through the figures above them they could not be read.
  const limit = html`${seen.map((_, i) => html`<line class="bound grave" x1="${x}" x2="${x}" y1="${i * ROW + 14}" y2="${i * ROW + 29}"/>`)}${word}`;
  return html`<svg class="plot" role="img" aria-labelledby="${id}-t ${id}-d" width="100%" height="${height}"><title id="${id}-t">${title}</title><desc id="${id}-d">${finding}</desc>${seen.map((one, i) => drawBar(one, most, i * ROW))}${limit}</svg>`;
}

function sayAll(seen: readonly SmokeSeen[]): string {
  const over = seen.filter(
    ({ p95Ms, limitMs }) => p95Ms !== undefined && limitMs !== undefined && p95Ms > limitMs,
  );
  const silent = seen.filter(({ p95Ms }) => p95Ms === undefined).length;
  const said =
    over.length === 0
      ? 'No P95 is over its limit'
      : `Over the limit: ${over.map(({ endpoint }) => endpoint).join(', ')}`;
  return `${said}${silent === 0 ? '' : `; ${silent} without a P95`}. Few requests, one after the other: not traffic.`;
}

const numbersOf = (seen: readonly SmokeSeen[], title: string): Html =>
  table(
    title,
    ['Endpoint', 'State', 'Requests', 'Failed', 'P95 ms', 'Limit', 'Max ms', 'Limit', 'Said'],
    seen.map(({ endpoint, state, n, errors, p95Ms, limitMs, maxMs, maxLimitMs, said }) => [
      endpoint,
      outcome(MARKS[state] ?? 'unknown', state),
      ...[n, errors, p95Ms, limitMs, maxMs, maxLimitMs].map((one) =>
        one === undefined ? '?' : Math.round(one),
      ),
      said === 'ok' ? '' : said,
    ]),
    [2, 3, 4, 5, 6, 7],
  );

function writeRun(run: RunState): Html | undefined {
  const seen = listSmoke(run);
  if (seen.length === 0) return undefined;
  const title = `Smoke tests of ${run.plan.version}: P95 against its limit, dot at the slowest answer`;
  const finding = sayAll(seen);
  const id = anchor('smoke', run.run);
  return figure({
    id,
    title,
    finding,
    picture: drawBars(seen, id, title, finding),
    numbers: numbersOf(seen, title),
  });
}

/** Each endpoint of the smoke tests against its own limit, for each run that had any. */
export function writeSmoke({ story: { runs } }: Report): Section | undefined {
  const drawn = runs.flatMap((run) => writeRun(run) ?? []);
  return drawn.length === 0 ? undefined : { id: 'smoke', title: 'Smoke tests', body: html`${drawn}` };
}
