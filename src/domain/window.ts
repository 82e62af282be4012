import { DateTime } from 'luxon';

/** When deployments may start, in the runbook's own time zone (PRE-25). Days are 1 (Monday) to 7. */
export interface DeployWindow {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

const atClock = (day: DateTime, clock: string): DateTime => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
};

/** True when `now` lies inside the window; the end is excluded. */
export function isInsideWindow(window: DeployWindow, now: Date): boolean {
  const local = DateTime.fromJSDate(now).setZone(window.zone);
  return (
    window.days.includes(local.weekday) &&
    local >= atClock(local, window.from) &&
    local < atClock(local, window.to)
  );
}

/** The start of the next window at or after `after`. Looks two weeks ahead; undefined when no day is open. */
export function findNextOpening(window: DeployWindow, after: Date): Date | undefined {
  const local = DateTime.fromJSDate(after).setZone(window.zone);
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const opening = atClock(local.plus({ days: ahead }), window.from);
    if (window.days.includes(opening.weekday) && opening >= local) return opening.toJSDate();
  }
  return undefined;
}

/** Minutes until the window that contains `now` closes; undefined outside of it. */
export function minutesLeft(window: DeployWindow, now: Date): number | undefined {
  if (!isInsideWindow(window, now)) return undefined;
  const local = DateTime.fromJSDate(now).setZone(window.zone);
  return Math.floor(atClock(local, window.to).diff(local, 'minutes').minutes);
}
