import type { Moment } from '../../domain/moment.ts';
import { factOf, stepsOf, sumUsual } from './story.ts';
import { roundUpToFive, sayBetween, sayClock, sayMinutes } from './times.ts';

const ON = 'app.maintenance-on';
const OFF = 'app.maintenance-off';

/** What the plan will do to users; "None" is said only when the plan has no maintenance mode (E-98). */
export function sayPlannedDowntime(moment: Moment): string {
  const [on] = stepsOf(moment, ON);
  const [off] = stepsOf(moment, OFF);
  if (on === undefined) return 'None planned: the plan has no maintenance mode';
  const { entries } = moment.plan;
  const between = off === undefined ? entries : entries.slice(entries.indexOf(on), entries.indexOf(off));
  const usual = sumUsual(between);
  return usual === undefined
    ? 'Maintenance mode during the change'
    : `Maintenance mode for about ${sayMinutes(roundUpToFive(usual))}`;
}

/** The first time that counts: a rollback switches it on twice. */
const begunAt = (moment: Moment): unknown =>
  stepsOf(moment, ON)
    .map((entry) => moment.facts[entry.name]?.at)
    .find((at) => at !== undefined);

/** What maintenance mode did to users, from its own record; "not measured" when nothing was recorded. */
export function sayDowntime(moment: Moment, zone: string): string {
  const on = begunAt(moment);
  const off = factOf(moment, OFF)?.at;
  if (typeof on !== 'string') return 'not measured';
  if (typeof off !== 'string') return `maintenance mode since ${sayClock(on, zone)}`;
  return `${sayBetween(on, off)} of maintenance mode`;
}

/**
 * Begin and end of the time in which users were kept out; undefined parts are not known. Where the first try of maintenance mode
 * is not on record the application did not answer: since when users met that nobody recorded, and the second try is no beginning.
 */
export function findOutage(moment: Moment): { readonly from?: string; readonly to?: string } {
  const [first] = stepsOf(moment, ON);
  const on = first && moment.facts[first.name]?.at;
  const off = factOf(moment, OFF)?.at;
  return { ...(typeof on === 'string' ? { from: on } : {}), ...(typeof off === 'string' ? { to: off } : {}) };
}

/** Whether users are let in now, as far as this run knows. */
export function sayAppState(moment: Moment): string | null {
  if (factOf(moment, OFF)) return 'open to users';
  return factOf(moment, ON) ? 'in maintenance mode' : null;
}
