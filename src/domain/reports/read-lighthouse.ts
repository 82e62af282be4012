import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { momentIn } from './commit-in.ts';
import { flawed, type Parsed, parsed, parseJson } from './parsed.ts';
import { readShape } from './read-shape.ts';

// Shapes are made when an answer is there: most commands never meet most of them.
const reportShape = z.lazy(() =>
  z.object({
    lighthouseVersion: z.string(),
    fetchTime: z.string().optional(),
    finalDisplayedUrl: z.string().optional(),
    finalUrl: z.string().optional(),
    runtimeError: z.object({ code: z.string() }).optional(),
    audits: z.record(
      z.string(),
      z.object({ numericValue: z.number().nullish(), numericUnit: z.string().optional() }),
    ),
  }),
);

/** One page load of Lighthouse. A page that did not load gives no number, and is no fast page. */
export function readLighthouse(text: string, audit: string): Parsed<BenchmarkReport> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const read = readShape(json.report, reportShape, 'report of Lighthouse');
  if (!read.ok) return read;
  const { audits, runtimeError, fetchTime, finalDisplayedUrl, finalUrl } = read.report;
  if (runtimeError !== undefined && runtimeError.code !== 'NO_ERROR') return flawed('the page did not load');
  const found = audits[audit];
  const ms = found?.numericValue;
  if (typeof ms !== 'number' || ms <= 0 || (found?.numericUnit ?? 'millisecond') !== 'millisecond')
    return flawed(`it has no milliseconds of ${oneLine(audit, 60)}`);
  const name = oneLine(finalDisplayedUrl ?? finalUrl ?? audit, 120);
  const at = momentIn(fetchTime);
  return parsed({
    readings: [{ name, kind: 'page', ms, samples: 1 }],
    crossed: [],
    ...(at === undefined ? {} : { at }),
  });
}
