import { minutes, sayDuration } from '../duration.ts';
import { LOOK_BACK_MS } from './counts.ts';
import { isWorse } from './rule.ts';
import type { Tally } from './tally.ts';

/** A watch is begun by hand after a deploy: a minute is no loss. */
const LATE_MS = minutes(1);

/**
 * Why a watch does not complete a release; undefined: it does. `open` is when users came, in ms since 1970. One that
 * saw only a part, or worse than P3, has not shown that all was well (E-116).
 */
export function whyNotWhole({ from, gapMs, worst, decision4 }: Tally, open: number): string | undefined {
  if (from === undefined || decision4 === undefined) return 'it ended before decision 4';
  const lateMs = from - open;
  if (lateMs > LATE_MS) return `it watched from ${sayDuration(lateMs)} after users came`;
  if (gapMs > LOOK_BACK_MS) return `nobody watched for ${sayDuration(gapMs)}`;
  return isWorse(worst, 'P3') ? `it saw ${worst}` : undefined;
}
