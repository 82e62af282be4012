import { DateTime } from 'luxon';

/** `2 Sep 10:00 EDT`, in the runbook's time zone. */
export const sayWhen = (iso: string, zone: string): string =>
  DateTime.fromISO(iso).setZone(zone).setLocale('en-US').toFormat('d LLL HH:mm ZZZZ');
