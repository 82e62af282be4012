import { addBusinessDays, findHoliday, isBusinessDay } from '../calendar/business-days.ts';
import { type Calendar, LOOK_AHEAD_DAYS, type Schedule } from '../calendar/calendar.ts';
import { addDays } from '../calendar/dates.ts';
import type { Slot } from '../calendar/find-next-slot.ts';
import { findFreeze } from '../calendar/freezes.ts';
import { findWindow, latestStart, listOpen } from '../calendar/open-spans.ts';

/** Where days are counted; without a schedule any business day will do. */
export interface Days {
  readonly schedule: Schedule | undefined;
  readonly calendar: Calendar;
}

/** A row of the dated plan: `T-6…T-5`, the days, and what the runbook puts there (PRE-33). */
export interface DayRow {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly work: string;
}

export interface DatedPlan {
  /** The day of the release, like `2026-12-08`. */
  readonly day: string;
  readonly slot?: Slot;
  readonly rows: readonly DayRow[];
}

const T_MINUS = 7;
const ROWS: readonly (readonly [number, number, string])[] = [
  [-7, -7, 'release branch, versions, changelog, candidate'],
  [-6, -5, 'regression, performance and security tests'],
  [-4, -4, 'candidate on staging, acceptance, payments, migrations'],
  [-3, -2, 'sign-offs, deployment plan, window'],
  [-1, -1, 'freeze, backup, parity, handoff, notice'],
  [0, 0, 'release'],
  [1, 1, 'look at the night: errors, database, payments'],
  [2, 3, 'watch, bugs, feedback'],
  [3, 5, 'retrospective, numbers against targets'],
  [5, 7, 'close the release'],
];

const label = (offset: number): string => (offset < 0 ? `T${offset}` : offset === 0 ? 'T-0' : `T+${offset}`);

function findSlot({ schedule }: Days, day: string): Slot | undefined {
  if (schedule === undefined) return undefined;
  return listOpen(schedule, day)
    .map((span) => ({ starts: span.from, latest: latestStart(span, schedule) }))
    .find(({ starts, latest }) => starts <= latest);
}

function whyClosed({ schedule, calendar }: Days, day: string): string | undefined {
  const holiday = findHoliday(calendar, day);
  if (holiday !== undefined) return `${day} is ${holiday.name}`;
  if (!isBusinessDay(calendar, day)) return `${day} is no business day`;
  if (schedule === undefined) return undefined;
  const window = findWindow(schedule, day);
  if (window === undefined) return `${day} has no deployment window`;
  const freeze = findFreeze(calendar, window.from);
  if (findSlot({ schedule, calendar }, day) !== undefined) return undefined;
  return freeze === undefined
    ? `${day} has no window that is long enough`
    : `${day} is frozen: ${freeze.reason}`;
}

const toBusinessDay = (calendar: Calendar, day: string): string =>
  isBusinessDay(calendar, day) ? day : (addBusinessDays(calendar, day, 1) ?? day);

/**
 * The first day from today on that has a window and leaves seven business days after `since`, the day of the first candidate;
 * undefined when there is none within a year.
 */
export function findEarliest(days: Days, today: string, since = today): string | undefined {
  const seventh = addBusinessDays(days.calendar, toBusinessDay(days.calendar, since), T_MINUS);
  if (seventh === undefined) return undefined;
  const first = seventh < today ? today : seventh;
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = addDays(first, ahead);
    if (whyClosed(days, day) === undefined) return day;
  }
  return undefined;
}

/** The days around a release on `day`, possible or not; undefined where the calendar has too few business days around it. */
export function layOut(days: Days, day: string): DatedPlan | undefined {
  const on = (offset: number): string | undefined => addBusinessDays(days.calendar, day, offset);
  const rows = ROWS.flatMap(([from, to, work]) => {
    const [first, last] = [on(from), on(to)];
    const name = from === to ? label(from) : `${label(from)}…${label(to)}`;
    return first === undefined || last === undefined ? [] : [{ label: name, from: first, to: last, work }];
  });
  const slot = findSlot(days, day);
  return rows.length === ROWS.length ? { day, rows, ...(slot === undefined ? {} : { slot }) } : undefined;
}

export type LaidOut =
  | { readonly plan: DatedPlan }
  | { readonly impossible: string; readonly earliest?: string };

function whyNot(days: Days, today: string, day: string, since: string): string | undefined {
  if (day < today) return `${day} has passed`;
  const closed = whyClosed(days, day);
  if (closed !== undefined) return closed;
  const begins = addBusinessDays(days.calendar, day, -T_MINUS);
  if (begins === undefined) return `the calendar has no ${T_MINUS} business days before ${day}`;
  // On a day off the work of T-7 may be done ahead of the first business day, and not be made up for.
  if (begins >= since) return undefined;
  const late = since === today ? `today is ${today}` : `the first candidate is of ${since}`;
  return `T-7 of ${day} was ${begins}, and ${late}`;
}

/**
 * The days from T-7 to T+7 in business days (PRE-33, E-01), counted from `day`, else from the first day that is possible.
 * `today`, `day` and `since`, the day of the first candidate where there is one, are days in the zone of the window, like `2026-12-08`.
 */
export function layOutDays(days: Days, today: string, day?: string, since = today): LaidOut {
  const earliest = findEarliest(days, today, since);
  const others = earliest === undefined ? {} : { earliest };
  const wanted = day ?? earliest;
  if (wanted === undefined)
    return { impossible: 'no day within a year has a window and seven business days before it' };
  const why = whyNot(days, today, wanted, since);
  if (why !== undefined) return { impossible: why, ...others };
  const plan = layOut(days, wanted);
  return plan === undefined
    ? { impossible: `the calendar has too few business days around ${wanted}`, ...others }
    : { plan };
}
