import { readFileSync } from 'node:fs';
import { readTick } from '../../domain/watch/read-tick.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import { ranAhead } from './list-records.ts';

/** What a watch left on this machine. */
export interface WatchRecord {
  /** False where it ran on a faster clock: its times are not those of the ledger. */
  readonly isOfLedger: boolean;
  /** Gives every tick to `take`, in the order in which they were written; a line that was cut off is left out. */
  each(take: (tick: Tick) => void): void;
}

const isTick = (tick: Tick | string): tick is Tick => typeof tick !== 'string';

/** The time of the last line that is whole, in ms since 1970. */
function findLastAt(lines: readonly string[]): number {
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const tick = readTick(lines[i] ?? '');
    if (isTick(tick)) return tick.at;
  }
  return Number.NEGATIVE_INFINITY;
}

/** The record of a watch, read at once: it is one of ours, and no longer than a watch. */
export function readRecord(file: string): WatchRecord {
  const lines = readFileSync(file, 'utf8').split('\n');
  return {
    isOfLedger: !ranAhead(file, findLastAt(lines)),
    each: (take) => {
      for (const line of lines) {
        const tick = line === '' ? '' : readTick(line);
        if (isTick(tick)) take(tick);
      }
    },
  };
}
