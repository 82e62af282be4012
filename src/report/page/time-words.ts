import { DateTime } from 'luxon';
import { hours, minutes } from '../../domain/duration.ts';

const inZone = (at: number, zone: string): DateTime =>
  DateTime.fromMillis(at, { locale: 'en-US' }).setZone(zone);

/** How a chart writes its moments. */
export interface TimeWords {
  /** Of UTC at that moment, in ms. */
  readonly offsetMs: (at: number) => number;
  /** `10:36`, with seconds or a day where the steps are short or long. */
  readonly tick: (at: number, stepMs: number) => string;
  /** `10:36:05`. */
  readonly exact: (at: number) => string;
  /** `EDT`: said once for an axis. */
  readonly zoneName: (at: number) => string;
}

/** Moments in the zone of the runbook. */
export const makeTimeWords = (zone: string): TimeWords => ({
  offsetMs: (at) => inZone(at, zone).offset * minutes(1),
  tick: (at, stepMs) => {
    const format = stepMs >= hours(24) ? 'd LLL' : stepMs < minutes(1) ? 'HH:mm:ss' : 'HH:mm';
    return inZone(at, zone).toFormat(format);
  },
  exact: (at) => inZone(at, zone).toFormat('HH:mm:ss'),
  zoneName: (at) => inZone(at, zone).toFormat('ZZZZ'),
});
