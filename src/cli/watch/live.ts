import { minutes } from '../../domain/duration.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isAllKnown } from '../../domain/watch/is-all-known.ts';
import { isWorse, type Level, rankOf } from '../../domain/watch/rule.ts';
import { judgeTally, type WatchVerdict } from '../../domain/watch/tally.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext, Output } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Begun } from './begun.ts';
import type { DueDecision } from './find-due.ts';
import type { LiveOrder } from './live-order.ts';
import type { Screen } from './screen/open-screen.ts';
import type { Tty } from './screen/take-terminal.ts';

/** The way back from what is watched, as far as the record knows it. */
export interface WayBack {
  /** The version, or `previous`. */
  readonly to: string;
  /** What the last rollback of this environment that went through took, in ms; undefined: none is recorded. */
  readonly tookMs: number | undefined;
}

/** A watch that is going on. */
export interface Live extends Begun {
  readonly order: LiveOrder;
  readonly context: CliContext;
  readonly wired: Wired;
  /** The same program on the clock that everything but the watch goes by. */
  readonly base: Wired;
  /** Where people are spoken to past the screen. */
  readonly spoken: Output;
  /** Fulfilled when nothing is measured any more, and the end is on its way into the ledger. */
  readonly ended: { readonly promise: Promise<void>; readonly resolve: () => void };
  readonly began: number;
  /** When people were last told how it goes, in ms since 1970. */
  readonly toldAt: number;
  /** True: nobody has watched this release before, here or elsewhere. */
  readonly isFirst: boolean;
  readonly wayBack: WayBack;
  /** Undefined where lines are printed. */
  readonly screen: Screen | undefined;
  readonly tty: Tty;
  /** True: somebody sits here with a keyboard, and what fires waits for them. */
  readonly hasKeys: boolean;
  /** By rule, the last change of those that call for a rollback now. */
  readonly calling: Map<string, Change>;
  /** What somebody has decided to keep watching in spite of, by `callOf`. */
  readonly kept: Set<string>;
  /** The worst line that fails the watch or calls for the rollback that was ordered. */
  fired: Change | undefined;
  /** Why there is nothing of this release to watch any more; undefined: there is. */
  other: string | undefined;
  /** Why nobody knows for now which version is judged; undefined: it is known. */
  doubt: string | undefined;
  /** Calls that somebody has acknowledged, by `callOf`: who, and when in ms since 1970. */
  readonly acknowledged: Map<string, { readonly by: string; readonly at: number }>;
  /** A decision that is due and that nobody has written down an answer to. */
  due: DueDecision | undefined;
  /** A person ends the watch: with q, or by the rollback that they agreed to. */
  leaves: 'unwatched' | 'rolling-back' | undefined;
  /** The rollback that a person has asked for; undefined in it: they did not agree, or it could not begin. */
  byHand: Promise<CommandResult | undefined> | undefined;
}

/** One call of one rule: a rule that fires again calls anew. */
export const callOf = ({ rule, severity, fired_at: at }: Change): string => `${rule} ${severity} ${at ?? ''}`;

function noteCalling(change: Change, { calling }: Live): void {
  if (change.fired_at !== null && isWorse(change.severity, 'hold')) calling.set(change.rule, change);
  else calling.delete(change.rule);
}

/** Remembers what calls now, and the worst line at or above the milder of --fail-on and --auto-rollback. */
export function noteFiring(change: Change, live: Live): void {
  noteCalling(change, live);
  const { failOn, autoRollback = failOn } = live.order;
  const floor = Math.min(rankOf(failOn), rankOf(autoRollback));
  if (change.fired_at === null || rankOf(change.severity) < floor) return;
  if (live.fired === undefined || isWorse(change.severity, live.fired.severity)) live.fired = change;
}

/** True when what fires is answered by a person at this terminal, and so does not end the watch. */
const waitsForPeople = ({ hasKeys, order }: Live): boolean =>
  hasKeys && order.autoRollback === undefined && !order.failOnIsTyped;

/**
 * True when nothing is left to wait for. With an ordered rollback a milder line does not end the watch: most outages are P1
 * first, and the P0 that the person asked for would never be seen.
 */
export function isOver(live: Live): boolean {
  const { fired, order, other, leaves } = live;
  if (other !== undefined || leaves !== undefined) return true;
  if (fired === undefined || waitsForPeople(live)) return false;
  return rankOf(fired.severity) >= rankOf(order.autoRollback ?? order.failOn);
}

/** ms since 1970. */
export const plannedEnd = ({ order, watched, wired, began }: Live): number =>
  order.forMs === undefined ? watched.open + minutes(wired.runbook.monitoring.minutes) : began + order.forMs;

/** A level as far as it can be known: what an old instance answers says nothing good of the new version. */
export const doubtfully = (measured: Level, { doubt }: Pick<Live, 'doubt'>): Level =>
  doubt !== undefined && isWorse('hold', measured) ? 'hold' : measured;

/** How far it is and how long it takes, in ms: from the moment users came, or with --for from its own beginning. */
export function progressOf(live: Live): { readonly elapsedMs: number; readonly totalMs: number } {
  const from = live.order.forMs === undefined ? live.watched.open : live.began;
  const end = plannedEnd(live);
  return { elapsedMs: Math.min(live.now(), end) - from, totalMs: end - from };
}

/** How it stands with the release now, or what ended the watch. */
export function verdictOf({ tallying, watch, fired, other, doubt, leaves }: Live): WatchVerdict {
  if (leaves === 'rolling-back') return 'rollback';
  if (other !== undefined) return 'inconclusive';
  if (fired !== undefined) return 'rollback';
  const isKnown = doubt === undefined && isAllKnown(watch.states);
  return judgeTally({ ...tallying.tally(), rolledBack: undefined }, isKnown);
}

/** Where the monitoring was begun anew, when that was, in ms since 1970: what was asked and answered before is about another one. */
export const anewSince = ({ attention, watched }: Pick<Live, 'attention' | 'watched'>): number | undefined =>
  (attention.usersCame ?? watched.open) < watched.open ? watched.open : undefined;
