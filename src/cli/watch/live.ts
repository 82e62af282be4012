import { minutes } from '../../domain/duration.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isAllKnown } from '../../domain/watch/is-all-known.ts';
import { rankOf } from '../../domain/watch/rule.ts';
import { judgeTally, type WatchVerdict } from '../../domain/watch/tally.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Begun } from './begin-watch.ts';
import type { LiveOrder } from './live-order.ts';

/** A watch that is going on. */
export interface Live extends Begun {
  readonly order: LiveOrder;
  readonly context: CliContext;
  readonly wired: Wired;
  readonly began: number;
  /** When people were last told how it goes, in ms since 1970. */
  readonly toldAt: number;
  /** The line that ends the watch. */
  fired: Change | undefined;
}

/** Remembers the first line that ends the watch. */
export function noteFiring(change: Change, live: Live): void {
  const { order } = live;
  if (change.fired_at === null || rankOf(change.severity) < rankOf(order.failOn)) return;
  live.fired ??= change;
}

/** ms since 1970. */
export const plannedEnd = ({ order, watched, wired, began }: Live): number =>
  order.forMs === undefined ? watched.open + minutes(wired.runbook.monitoring.minutes) : began + order.forMs;

/** How it stands with the release now, or what ended the watch. */
export function verdictOf({ tallying, watch, fired }: Live): WatchVerdict {
  const tally = tallying.tally();
  return fired !== undefined
    ? 'rollback'
    : judgeTally({ ...tally, rolledBack: undefined }, isAllKnown(watch.states));
}
