import { minutes } from '../../domain/duration.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isAllKnown } from '../../domain/watch/is-all-known.ts';
import { isWorse, type Level, rankOf } from '../../domain/watch/rule.ts';
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
  /** The worst line that fails the watch or calls for the rollback that was ordered. */
  fired: Change | undefined;
  /** Why there is nothing of this release to watch any more; undefined: there is. */
  other: string | undefined;
  /** Why nobody knows for now which version is judged; undefined: it is known. */
  doubt: string | undefined;
}

/** Remembers the worst line at or above the milder of --fail-on and --auto-rollback. */
export function noteFiring(change: Change, live: Live): void {
  const { failOn, autoRollback = failOn } = live.order;
  const floor = Math.min(rankOf(failOn), rankOf(autoRollback));
  if (change.fired_at === null || rankOf(change.severity) < floor) return;
  if (live.fired === undefined || isWorse(change.severity, live.fired.severity)) live.fired = change;
}

/**
 * True when nothing is left to wait for. With an ordered rollback a milder line does not end the watch: most outages are P1
 * first, and the P0 that the person asked for would never be seen.
 */
export const isOver = ({ fired, order, other }: Live): boolean =>
  other !== undefined ||
  (fired !== undefined && rankOf(fired.severity) >= rankOf(order.autoRollback ?? order.failOn));

/** ms since 1970. */
export const plannedEnd = ({ order, watched, wired, began }: Live): number =>
  order.forMs === undefined ? watched.open + minutes(wired.runbook.monitoring.minutes) : began + order.forMs;

/** A level as far as it can be known: what an old instance answers says nothing good of the new version. */
export const doubtfully = (measured: Level, { doubt }: Pick<Live, 'doubt'>): Level =>
  doubt !== undefined && isWorse('hold', measured) ? 'hold' : measured;

/** How it stands with the release now, or what ended the watch. */
export function verdictOf({ tallying, watch, fired, other, doubt }: Live): WatchVerdict {
  if (other !== undefined) return 'inconclusive';
  if (fired !== undefined) return 'rollback';
  const isKnown = doubt === undefined && isAllKnown(watch.states);
  return judgeTally({ ...tallying.tally(), rolledBack: undefined }, isKnown);
}
