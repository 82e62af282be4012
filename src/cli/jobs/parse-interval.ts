import { hours, minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';

const UNITS: Readonly<Record<string, number>> = { m: minutes(1), h: hours(1), d: hours(24) };
const SHAPE = /^([1-9]\d{0,3})([mhd])$/;
const LEAST_MS = minutes(5);
const MOST_MS = hours(24 * 31);

/** Milliseconds of `90m`, `24h` or `7d`, between 5 minutes and 31 days. Throws E_FLAG_VALUE (exit 2). */
export function parseInterval(typed: string): number {
  const [, count = '', unit = ''] = SHAPE.exec(typed.trim()) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  if (ms >= LEAST_MS && ms <= MOST_MS) return ms;
  throw new ReleaseError('E_FLAG_VALUE', {
    what: `--every ${typed.slice(0, 40)} is no interval.`,
    why: 'It is written like 90m, 24h or 7d, between 5 minutes and 31 days.',
    next: 'release tick --schedule drift --every 24h',
    state: 'untouched',
  });
}
