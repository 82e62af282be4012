import type { Runbook } from '../../config/schema/index.ts';
import type { Clock } from '../../domain/clock.ts';
import { minutes, seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Moment } from '../../domain/moment.ts';
import { findKnown } from '../../domain/staffing/find-known.ts';
import type { PagerDutyPort, Shift } from '../../services/pagerduty/port.ts';

type OnDuty = NonNullable<Moment['onDuty']>;

/** A message may come in the middle of an outage: it does not wait for the rota. */
const PATIENCE_MS = seconds(3);
const KEPT_MS = minutes(1);

const UNKNOWN = { name: 'not known: PagerDuty did not say', slack: null };
const NOBODY = { name: 'nobody, by PagerDuty', slack: null };

/** Whoever is on call now: mentioned only when the runbook knows them; a stranger is named in plain text. */
function nameFirst(shifts: readonly Shift[], now: number, { people }: Runbook): OnDuty[string] {
  const there = shifts.filter(({ from, to }) => from <= now && now < to);
  const [first] = there;
  if (first === undefined) return NOBODY;
  const known = there.map((shift) => findKnown(Object.values(people), shift)).find(Boolean);
  return known === undefined
    ? { name: first.name, slack: null }
    : { name: known.name, slack: known.slack ?? null };
}

/** Undefined when the time is over: then nobody knows. */
async function withinPatience<T>(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const [late, done] = [new AbortController(), new AbortController()];
  const waiting = clock.sleep(PATIENCE_MS, done.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([ask(late.signal), waiting]);
  } finally {
    late.abort();
    done.abort();
  }
}

async function findNow(role: string, pagerduty: PagerDutyPort, clock: Clock, runbook: Runbook) {
  const now = clock.now().getTime();
  const span = { from: now, to: now + KEPT_MS };
  try {
    const shifts = await withinPatience(clock, (signal) => pagerduty.listShifts(role, span, signal));
    return shifts === undefined ? UNKNOWN : nameFirst(shifts, now, runbook);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return UNKNOWN;
  }
}

/** Who is on call for messages, read anew after a minute; undefined where PagerDuty is not configured. Never rejects for PagerDuty. */
export function makeOnDuty(
  pagerduty: PagerDutyPort,
  clock: Clock,
  runbook: Runbook,
): (() => Promise<OnDuty>) | undefined {
  const roles = Object.keys(runbook.services.pagerduty?.roles ?? {});
  if (roles.length === 0) return undefined;
  let kept: { readonly at: number; readonly told: Promise<OnDuty> } | undefined;
  const read = async (): Promise<OnDuty> => {
    const found = roles.map(async (role) => [role, await findNow(role, pagerduty, clock, runbook)] as const);
    return Object.fromEntries(await Promise.all(found));
  };
  return () => {
    const at = clock.monotonic();
    if (kept === undefined || at - kept.at >= KEPT_MS) kept = { at, told: read() };
    return kept.told;
  };
}
