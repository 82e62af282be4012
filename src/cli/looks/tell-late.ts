import { hours, minutes } from '../../domain/duration.ts';
import { isWorse } from '../../domain/watch/rule.ts';
import type { Week } from '../../ledger/fold-week.ts';
import type { Wired } from '../wired.ts';
import { tellComplete, tellSuccessful } from './tell-week.ts';

/** A message that has not been posted so long after its time will not be posted by whoever was to. */
const LATE_MS = minutes(10);
/** Later than that it is no news, and whoever reads it takes it for the present. */
const STALE_MS = hours(6);

/** Whether good news of that moment is due, and still true: nothing worse than P3 was seen since. */
function isDue(at: string | undefined, { seen }: Week, now: number): boolean {
  if (at === undefined) return false;
  const since = Date.parse(at);
  if (now <= since + LATE_MS || now > since + STALE_MS) return false;
  return !seen.some((one) => one.at >= since && isWorse(one.level, 'P3'));
}

/** Tells what people were to be told at `completeAt` and `successfulAt` and, for whatever reason, were not. */
export async function tellLate(week: Week, now: number, wired: Wired): Promise<readonly string[]> {
  const complete = isDue(week.completeAt, week, now) ? await tellComplete(week, wired) : [];
  const successful = isDue(week.successfulAt, week, now) ? await tellSuccessful(week, wired) : [];
  return [...complete, ...successful];
}
