import type { Clock, Random } from '../domain/clock.ts';

/** `r-20261124-1500-7f3a`: the minute in UTC and four random letters. */
export function makeRunId(clock: Clock, random: Random): string {
  const stamp = clock.now().toISOString().replace(/[-:]/g, '');
  const tail = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0');
  return `r-${stamp.slice(0, 8)}-${stamp.slice(9, 13)}-${tail}`;
}
