import type { Json } from './json.ts';

/** Longest evidence that a finding keeps, in characters of its JSON. */
const MOST = 65_536;

const DEEPEST = 100;

/** What a value as JSON, roughly, leaves of `left`; negative when it is larger, or so deep that it has no end. */
function spend(value: unknown, left: number, depth = 0): number {
  if (left < 0 || depth > DEEPEST) return -1;
  if (typeof value === 'string') return left - value.length - 2;
  if (typeof value !== 'object' || value === null) return left - 8;
  let rest = left - 2;
  for (const key in value) {
    rest = spend((value as Record<string, unknown>)[key], rest - key.length - 4, depth + 1);
    if (rest < 0) return rest;
  }
  return rest;
}

/** The evidence of a finding, or a word about it: one check must not fill the ledger, the report and the log. `most` is characters of its JSON. */
export function clipEvidence(evidence: Json, most = MOST): Json {
  try {
    if (spend(evidence, most) < 0) return { leftOut: `larger than ${most / 1024} KiB` };
    if (JSON.stringify(evidence) !== undefined) return evidence;
  } catch {
    // A check of the user's own may put anything there: a bigint, a getter that throws. Its answer stands without.
  }
  return { leftOut: 'JSON cannot hold it' };
}
