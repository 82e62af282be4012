import type { Sample } from '../../../domain/smoke/sample.ts';
import type { Timed } from '../../../services/web/port.ts';

/**
 * One answer of a call that writes, in ms since the lanes began: negative where it came before them. Nobody saw its
 * connection or its first byte.
 */
export type TimedWrite = Pick<Timed, 'lane' | 'startMs' | 'endMs' | 'status' | 'isCut' | 'error'>;

/** The same by the clock of the pass, as it ended at `endMs`; one without an answer began at `beganMs`. */
export const timeWrite = (
  lane: string,
  { tookMs, cutAfterMs, error }: Sample,
  status: number | undefined,
  { beganMs, endMs }: { readonly beganMs: number; readonly endMs: number },
): TimedWrite => ({
  lane,
  startMs: Number.isFinite(tookMs) ? endMs - tookMs : beganMs,
  endMs,
  status: status ?? null,
  ...(cutAfterMs === undefined ? {} : { isCut: true }),
  ...(error === undefined ? {} : { error }),
});

/** The same moments, counted from another one. */
export const countFrom = (zeroMs: number, writes: readonly TimedWrite[]): readonly TimedWrite[] =>
  writes.map((one) => ({ ...one, startMs: one.startMs - zeroMs, endMs: one.endMs - zeroMs }));
