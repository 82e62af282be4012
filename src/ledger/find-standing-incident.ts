import { rankOf } from '../domain/watch/rule.ts';
import type { LedgerEvent } from './event.ts';
import { findLive, foldRuns, type RunState } from './fold.ts';
import { foldWatch, listDeclared } from './fold-watch.ts';
import { listIncidents, type OpenIncident } from './list-incidents.ts';

/** What went back is over once real traffic has confirmed it; one that did not end well is not. */
const isBackForGood = ({ end, facts }: RunState): boolean =>
  end === 'completed' && facts.confirmation?.outcome === 'confirmed';

/** Something that was seen or declared of the release, and is not known to be over. */
function isStillWrong({ version, release }: OpenIncident, events: readonly LedgerEvent[]): boolean {
  const { calling, notes } = foldWatch(events, version, release.startedAt);
  const look = events.findLast((event) => event.type === 'watch.looked' && event.data.version === version);
  const level = look?.type === 'watch.looked' ? look.data.level : 'ok';
  const isDeclared = listDeclared(notes).some(({ rank }) => rank > 0);
  return isDeclared || calling.length > 0 || rankOf(level) >= rankOf('P2');
}

/**
 * The newest incident, while it is not over: its rollback has not ended well or nobody has confirmed it, or, where none was begun,
 * something still calls. Another version that went live since ends it. `zone`: in which its day counts.
 */
export function findStandingIncident(events: readonly LedgerEvent[], zone: string): OpenIncident | undefined {
  const incident = listIncidents(events, zone).at(-1);
  if (incident === undefined) return undefined;
  const { release, rollback } = incident;
  const live = findLive(foldRuns(events));
  const last = rollback ?? release;
  if (live !== undefined && live.run !== last.run && live.since > last.startedAt) return undefined;
  if (rollback !== undefined) return isBackForGood(rollback) ? undefined : incident;
  return isStillWrong(incident, events) ? incident : undefined;
}
