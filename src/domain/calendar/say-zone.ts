import type { DateTime } from 'luxon';

// Luxon makes a formatter for every name of a zone, which takes longer than all the rest of a screen that is drawn anew.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `EST`. */
function sayZone(at: number, zone: string): string {
  const formatter =
    formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
  formatters.set(zone, formatter);
  return formatter.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** `10:00 EST`: a moment as luxon formats it, then the English name of its zone. What is no moment is said to be none. */
export const formatWithZone = (at: DateTime, format: string): string =>
  at.isValid ? `${at.toFormat(format)} ${sayZone(at.toMillis(), at.zoneName ?? 'UTC')}` : at.toFormat(format);
