import { DateTime } from 'luxon';
import { formatWithZone } from '../domain/calendar/say-zone.ts';

/** `2 Sep 10:00 EDT`, in the runbook's time zone. */
export const sayWhen = (iso: string, zone: string): string =>
  formatWithZone(DateTime.fromISO(iso, { locale: 'en-US' }).setZone(zone), 'd LLL HH:mm');
