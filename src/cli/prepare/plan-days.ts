import { makeCalendar, makeSchedule } from '../../config/make-schedule.ts';
import { dateAt } from '../../domain/calendar/dates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { type DatedPlan, layOutDays } from '../../domain/prepare/lay-out-days.ts';
import type { Wired } from '../wired.ts';

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (text: string): boolean => {
  const read = Date.parse(`${text}T00:00Z`);
  return SHAPE.test(text) && !Number.isNaN(read) && dateAt(read, 'utc') === text;
};

const noDay = (text: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--for ${text.slice(0, 40)} is no day.`,
    next: 'Write it like 2026-12-08.',
    state: 'untouched',
  });

const impossible = (why: string, earliest: string | undefined): ReleaseError =>
  new ReleaseError('E_DAY', {
    what: `Nothing can be released on that day: ${why}.`,
    why: 'The work from T-7 to T-1 is counted in business days, and each of them needs people.',
    next:
      earliest === undefined
        ? 'Look at window and calendar of the configuration.'
        : `The earliest is ${earliest}: --for ${earliest}. A fix that cannot wait for it is prepared without --for.`,
    state: 'untouched',
  });

/**
 * The dated plan (PRE-33): of `--for`, which must be possible (E_DAY), else of the earliest day; undefined when no day is and
 * none was asked for. `since`: when the first candidate was made (ISO), whose day is T-7 then; undefined: today is.
 */
export function planDays(
  { runbook, clock }: Pick<Wired, 'runbook' | 'clock'>,
  wanted: string | undefined,
  since?: string,
): { readonly today: string; readonly dated: DatedPlan | undefined } {
  if (wanted !== undefined && !isDay(wanted)) throw noDay(wanted);
  const zone = runbook.window?.zone ?? runbook.timezone;
  const today = dateAt(clock.now().getTime(), zone);
  const days = { schedule: makeSchedule(runbook), calendar: makeCalendar(runbook) };
  const laid = layOutDays(days, today, wanted, since === undefined ? today : dateAt(Date.parse(since), zone));
  if ('plan' in laid) return { today, dated: laid.plan };
  if (wanted !== undefined) throw impossible(laid.impossible, laid.earliest);
  return { today, dated: undefined };
}
