import type { Live } from './live.ts';

/**
 * A moment of the watch (ms since 1970) by the clock of the ledger. A sandbox watches on a faster one, and what leaves the watch
 * stands beside times of everybody else.
 */
export function ledgerTime(at: number, { wired, base, now }: Pick<Live, 'wired' | 'base' | 'now'>): number {
  const { speed = 1 } = wired.clock;
  return speed === 1 ? at : Math.round(base.clock.now().getTime() - (now() - at) / speed);
}
