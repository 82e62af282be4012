import type { CountTick, ValueTick } from '../../domain/watch/tick.ts';
import type { Reading } from './sampler.ts';

/**
 * A reading with its moment. Written out, and not spread: of the hundred thousand ticks of a watch spread ones cost five times as
 * much, and the memory that they leave behind made two hours grow by forty megabytes.
 */
export function stamp(reading: Reading, at: number): ValueTick | CountTick {
  const { metric, series, source } = reading;
  if ('k' in reading) return { at, metric, series, source, k: reading.k, n: reading.n };
  const { value, n } = reading;
  return n === undefined ? { at, metric, series, source, value } : { at, metric, series, source, value, n };
}
