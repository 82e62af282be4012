import { sayDuration } from '../domain/duration.ts';
import type { TimeSource } from '../domain/rollback-rehearsal/estimate-rollback.ts';
import type { Slot } from '../domain/rollback-rehearsal/make-slots.ts';

const FROM: Readonly<Record<TimeSource, string>> = {
  measured: 'measured',
  earlier: 'as in earlier runs',
  usual: 'usual times, not measured',
  assumed: 'partly assumed, not measured',
};

/** `code from 3 s to 4 min 13 s (as in earlier runs)`, then the database, each with where its times are from. */
export const saySlots = (slots: readonly Slot[]): string =>
  slots
    .map(
      ({ slot, fromMs, toMs, source }) =>
        `${slot} from ${sayDuration(fromMs)} to ${sayDuration(toMs)} (${FROM[source]})`,
    )
    .join(', ');
