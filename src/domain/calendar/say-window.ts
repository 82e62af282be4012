import { LOOK_AHEAD_DAYS, type Schedule } from './calendar.ts';
import type { Slot } from './find-next-slot.ts';
import { spanOfFreeze } from './freezes.ts';
import { sayClock, sayDate, sayMoment } from './say-moment.ts';
import type { WindowState } from './see-window.ts';

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_MS = 86_400_000;

/** `Tue–Thu`, `Mon, Wed`, `every day`. */
function sayDays(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first = 1] = sorted;
  const last = sorted.at(-1) ?? first;
  if (sorted.length === NAMES.length) return 'every day';
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  if (isRow) return `${NAMES[first - 1]}–${NAMES[last - 1]}`;
  return sorted.map((day) => NAMES[day - 1]).join(', ');
}

/** `Tue 1 Dec 10:00 EST, latest start 11:30 EST`, or that nothing comes within a year. */
export function saySlot(slot: Slot | undefined, { zone }: Schedule, now: number): string {
  if (slot === undefined) return `none before ${sayDate(now + LOOK_AHEAD_DAYS * DAY_MS, zone)}`;
  return `${sayMoment(slot.starts, zone)}, latest start ${sayClock(slot.latest, zone)}`;
}

function sayCause(state: WindowState, { zone, needsMinutes }: Schedule): string {
  switch (state.is) {
    case 'open':
      return `open, latest start ${sayClock(state.latest, zone)}. `;
    case 'too-late':
      return `the latest start was ${sayClock(state.latest, zone)}: a release needs ${needsMinutes} min before ${sayClock(state.closes, zone)}. `;
    case 'holiday':
      return `closed for ${state.holiday.name}. `;
    case 'frozen':
      return `frozen until ${sayMoment(spanOfFreeze(state.freeze).to, zone)}: ${state.freeze.reason}. `;
    case 'closed':
      return '';
  }
}

/** What keeps the window closed or open, the window itself, and what time it is there. */
export function sayWindow(state: WindowState, schedule: Schedule, now: number, env: string): string {
  const { days, from, to, zone } = schedule;
  const cause = sayCause(state, schedule);
  const name = sayClock(now, zone).replace(/^\S+ /, '');
  return `${cause}${cause === '' ? 'the' : 'The'} window for ${env} is ${sayDays(days)} ${from}–${to} ${name}; it is ${sayMoment(now, zone)}`;
}
