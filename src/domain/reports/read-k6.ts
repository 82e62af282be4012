import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import type { BenchmarkReport, Reading } from './benchmark.ts';
import { commitIn, momentIn } from './commit-in.ts';
import { flawed, type Parsed, parsed, parseJson } from './parsed.ts';
import { readShape } from './read-shape.ts';

const numbers = z.record(z.string(), z.unknown());
const reportShape = z.object({
  metrics: z.record(z.string(), numbers),
  // k6 names neither; a handleSummary of one's own can put them at the top.
  commit: z.unknown().optional(),
  at: z.unknown().optional(),
});

type Metric = z.infer<typeof numbers>;

/** A value of a metric: below `values` (handleSummary), or beside its name (--summary-export). */
function readValue(metric: Metric | undefined, names: readonly string[]): number | undefined {
  const place = (metric?.values ?? metric ?? {}) as Metric;
  const value = names.map((name) => place[name]).find((one) => typeof one === 'number');
  return Number.isFinite(value) ? (value as number) : undefined;
}

/** --summary-export writes true for a limit that was crossed; handleSummary writes { ok: false }. */
const isCrossed = (told: unknown): boolean =>
  told === true || (typeof told === 'object' && told !== null && (told as { ok?: unknown }).ok === false);

const listCrossed = (metrics: Readonly<Record<string, Metric>>): readonly string[] =>
  Object.entries(metrics).flatMap(([name, { thresholds }]) =>
    Object.entries((thresholds ?? {}) as Record<string, unknown>)
      .filter(([, told]) => isCrossed(told))
      .map(([limit]) => oneLine(`${name}: ${limit}`, 120)),
  );

/** Which trends are read, and as what. */
export interface K6Names {
  readonly api: string;
  readonly query: string | undefined;
}

/** How many requests stand behind a trend: its own count, or that of all requests, whatever they are made with. */
function countOf(metrics: Readonly<Record<string, Metric>>, kind: 'api' | 'query', name: string) {
  const own = readValue(metrics[name], ['count']);
  return kind === 'query' ? own : (own ?? readValue(metrics.http_reqs, ['count']));
}

/** k6 writes zeros for a trend that has a limit and was never measured; that is no fast answer. */
const isEmpty = (metric: Metric | undefined, counted: number | undefined): boolean =>
  counted === 0 || !((readValue(metric, ['max']) ?? 1) > 0);

function readTrend(
  metrics: Readonly<Record<string, Metric>>,
  kind: 'api' | 'query',
  name: string,
): Reading | undefined {
  const ms = readValue(metrics[name], ['p(95)']);
  const counted = countOf(metrics, kind, name);
  if (ms === undefined || ms < 0 || isEmpty(metrics[name], counted)) return undefined;
  return { name: oneLine(name, 60), kind, ms, ...(counted === undefined ? {} : { samples: counted }) };
}

/** A summary of k6, in either of its shapes. */
export function readK6(text: string, names: K6Names): Parsed<BenchmarkReport> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const read = readShape(json.report, reportShape, 'summary of k6');
  if (!read.ok) return read;
  const { metrics } = read.report;
  const wanted = [['api', names.api] as const, ...(names.query ? [['query', names.query] as const] : [])];
  const readings = wanted.map(([kind, name]) => readTrend(metrics, kind, name));
  const missing = wanted.find((_, i) => readings[i] === undefined);
  if (missing !== undefined) return flawed(`it has no P95 of ${oneLine(missing[1], 60)}`);
  const failed = readValue(metrics.http_req_failed, ['rate', 'value']);
  const commit = commitIn([read.report.commit]);
  const at = momentIn(read.report.at);
  return parsed({
    readings: readings.filter((one) => one !== undefined),
    ...(failed === undefined ? {} : { failedPercent: failed * 100 }),
    crossed: listCrossed(metrics),
    ...(commit === undefined ? {} : { commit }),
    ...(at === undefined ? {} : { at }),
  });
}
