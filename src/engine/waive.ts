import type { Finding, Waiver } from '../domain/finding.ts';

const DAY_MS = 86_400_000;

/** A day without a time means all of that day (UTC); a moment that cannot be read has passed. */
function isOver(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
  return !(Date.parse(until) + (isDay ? DAY_MS - 1 : 0) >= now.getTime());
}

const covers = (waiver: Waiver, finding: Finding, now: Date): boolean =>
  waiver.check === finding.check &&
  (waiver.digest === undefined || waiver.digest === finding.digest) &&
  !isOver(waiver.until, now);

/**
 * The finding as its waiver leaves it: still failed or unknown, and demoted, bound to its digest from now on. A waiver
 * whose time has passed, or that was given for another finding of the same check, demotes nothing.
 */
export function waive(finding: Finding, waivers: readonly Waiver[], now: Date): Finding {
  if (finding.outcome !== 'fail' && finding.outcome !== 'unknown') return finding;
  const waiver = waivers.find((one) => covers(one, finding, now));
  return waiver === undefined ? finding : { ...finding, waived: { ...waiver, digest: finding.digest } };
}
