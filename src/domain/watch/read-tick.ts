import { oneLine } from '../screen-text.ts';
import { MARKS, type MarkTick, type Tick } from './tick.ts';

type Line = Readonly<Record<string, unknown>>;

/** Beyond these no calendar has a date to say. */
const MOST_MS = 8.64e15;

/** ISO 8601, or seconds since 1970 as Prometheus tells them. */
function readMoment(told: unknown): number | undefined {
  if (typeof told === 'number') return Math.abs(told * 1000) <= MOST_MS ? Math.round(told * 1000) : undefined;
  // Without a zone it would be read by the clock of whoever replays it.
  if (typeof told !== 'string' || !/(?:Z|[+-]\d\d:?\d\d)$/.test(told)) return undefined;
  const at = Date.parse(told);
  return Number.isNaN(at) ? undefined : at;
}

/** Prometheus tells numbers as texts, and `NaN` and `+Inf` among them. */
function readNumber(told: unknown): number | undefined {
  if (typeof told === 'number') return told;
  if (typeof told !== 'string' || told.trim() === '') return undefined;
  if (/^[+-]?Inf$/.test(told))
    return told.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(told);
  return Number.isNaN(value) && told !== 'NaN' ? undefined : value;
}

/** Sums of greater ones would lose what is added, or be no number at all, and then nothing is above a limit. */
const isCount = (told: unknown): told is number => Number.isSafeInteger(told) && Number(told) >= 0;

const sayKind = (told: unknown): string => (told === undefined ? 'is missing' : 'is not one');

const isMark = (told: unknown): told is MarkTick['mark'] => MARKS.some((mark) => mark === told);

/** Whoever wrote the file has no say over the terminal of who reads it. */
const nameOf = (told: unknown, otherwise: string): string =>
  (typeof told === 'string' ? oneLine(told) : '') || otherwise;

function readMeasured(line: Line, at: number): Tick | string {
  const { metric, k, n } = line;
  if (typeof metric !== 'string' || metric === '') return '"metric" must be the name of a measurement';
  const series = nameOf(line.series, 'all');
  const source = nameOf(line.source, 'file');
  if ('baseline' in line) {
    const baseline = readNumber(line.baseline);
    return baseline === undefined ? '"baseline" must be a number' : { at, metric, series, source, baseline };
  }
  if (line.expected === true) return { at, metric, source, expected: true };
  if (k !== undefined)
    return isCount(k) && isCount(n) && k <= n
      ? { at, metric, series, source, k, n }
      : '"k" of "n" must be two counts, k not above n';
  const value = line.value === null ? null : readNumber(line.value);
  if (value === undefined) return 'needs "value", or "k" and "n", or "mark"';
  if (n !== undefined && !isCount(n)) return '"n" must be a count';
  const tick = { at, metric, series, source, value };
  return n === undefined ? tick : { ...tick, n };
}

/** One line of a tick file (docs/ticks.md). A text says what is wrong with it; the line itself is never repeated. */
export function readTick(text: string): Tick | string {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  if (line === null || typeof line !== 'object' || Array.isArray(line)) return 'must be a JSON object';
  const fields = line as Line;
  const at = readMoment(fields.at);
  if (at === undefined)
    return `"at" must be a time with its zone, or seconds since 1970: it ${sayKind(fields.at)}`;
  if (fields.mark === undefined) return readMeasured(fields, at);
  return isMark(fields.mark) ? { at, mark: fields.mark } : `"mark" must be one of ${MARKS.join(', ')}`;
}

/** A tick as a line of a file. */
export function writeTick(tick: Tick): string {
  const at = new Date(tick.at).toISOString();
  // JSON knows no endless time, and null means that there is no value.
  if ('value' in tick && tick.value === Number.POSITIVE_INFINITY)
    return JSON.stringify({ ...tick, at, value: '+Inf' });
  return JSON.stringify({ ...tick, at });
}
