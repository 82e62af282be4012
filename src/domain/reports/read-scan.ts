import { type Parsed, parseJson } from './parsed.ts';
import { readSarif } from './read-sarif.ts';
import { readSnyk } from './read-snyk.ts';
import type { ScanReport } from './weakness.ts';

/** A report of a scanner: SARIF has runs, everything else must be Snyk's. */
export function readScan(text: string): Parsed<ScanReport> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const isSarif = typeof json.report === 'object' && json.report !== null && 'runs' in json.report;
  return isSarif ? readSarif(json.report) : readSnyk(json.report);
}
