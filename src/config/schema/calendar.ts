import * as z from 'zod';
import { text, weekday, zone } from './fields.ts';

const SHAPE = /^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/;

/** February 30th becomes a day of March when it is read. */
function isDay(date: string): boolean {
  const read = new Date(`${date}T00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

const moment = z
  .string()
  .refine(
    (given) => SHAPE.test(given) && isDay(given.slice(0, 10)),
    'must be a day like 2026-12-18, or a minute of it like 2026-12-18T18:00',
  );

const holidaySchema = z.strictObject({
  date: z.iso.date().describe('The day'),
  name: text.describe('As people say it; shown when it keeps the window closed'),
  everyYear: z.boolean().default(false).describe('The same day of every year'),
});

const freezeSchema = z.strictObject({
  from: moment.describe('First day, or the minute it begins'),
  to: moment.describe('Last day, or the minute it ends'),
  reason: text.describe('Why nothing may go out; shown when it keeps the window closed'),
  zone: zone.optional().describe('Default: the zone of the window'),
});

/** Days on which nobody releases (E-01, E-04). */
export const calendarSchema = z.strictObject({
  businessDays: z
    .array(weekday)
    .min(1)
    .default(['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
    .describe('Days on which people work'),
  holidays: z.array(holidaySchema).default([]).describe('Days without work and without a window'),
  plannedDay: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('required: a release that no day is planned for (`release prepare --for`) is HOLD'),
  freezes: z.array(freezeSchema).default([]).describe('Stretches of time in which the window stays closed'),
});
