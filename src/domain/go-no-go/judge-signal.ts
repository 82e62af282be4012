import { type Band, judgeBands, type Readings } from '../band.ts';

/** What is read of the running application, and what its values mean (monitoring.signals). */
export interface Signal {
  /** Fewer samples in a minute decide nothing. */
  readonly minSamples: number;
  /** Mildest first. */
  readonly bands: readonly (Band & { readonly during?: Phase | undefined })[];
}

/** The stricter first part of the watch (monitoring.criticalMinutes), and the rest. */
export type Phase = 'critical' | 'later';

/** One minute; a value that is missing, negative or no number was not measured. */
export interface Reading {
  readonly value: number | undefined;
  /** Undefined where the source does not count. */
  readonly samples?: number | undefined;
}

/** What a signal says now. */
export interface SignalAnswer {
  readonly level: 'ok' | Band['level'];
  /** The runbook row of the band; undefined for `ok`, and where nothing was measured. */
  readonly row: string | undefined;
  readonly why: string;
}

function measure({ value, samples }: Reading, { minSamples }: Signal): number | undefined {
  if (value === undefined || !Number.isFinite(value) || value < 0) return undefined;
  // A source that does not count its samples cannot show that there were enough.
  return minSamples === 0 || (samples ?? 0) >= minSamples ? value : undefined;
}

/**
 * What the minutes so far, oldest first, say (SUC, MON, RBC rows): one level for every input. A last minute that was not
 * measured, or with too few samples, is HOLD: never good, and never a reason to roll back.
 */
export function judgeSignal(signal: Signal, minutes: readonly Reading[], phase: Phase): SignalAnswer {
  const readings: Readings = minutes.map((one) => measure(one, signal));
  const last = readings.at(-1);
  if (last === undefined) return { level: 'hold', row: undefined, why: 'not measured, or too few samples' };
  const bands = signal.bands.filter(({ during }) => during === undefined || during === phase);
  const { fired } = judgeBands(bands, readings);
  if (fired === undefined) return { level: 'ok', row: undefined, why: `${last}` };
  const { band, minutes: lasted } = fired;
  const bound = band.from === undefined ? `below ${band.below}` : `${band.from} or more`;
  return { level: band.level, row: band.row, why: `${bound} for ${lasted} min, now ${last}` };
}
