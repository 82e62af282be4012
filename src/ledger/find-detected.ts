import type { JsonObject } from '../domain/json.ts';
import { LEVELS, type Level, rankOf } from '../domain/watch/rule.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns } from './fold.ts';
import { foldWatch } from './fold-watch.ts';

/** The watch of a sandbox has a clock that runs ahead: what is on record is no later than its entry. */
function firedAt(change: JsonObject, events: readonly LedgerEvent[]): string {
  const entry = events.find(({ type, data }) => type === 'watch.changed' && data.change === change);
  const fired = String(change.fired_at ?? change.at);
  return entry !== undefined && entry.at < fired ? entry.at : fired;
}

const levelOf = (said: unknown): Level => LEVELS.find((level) => level === said) ?? 'ok';

/**
 * When it was detected that `version` has to go (ISO): the first rule that still calls, or declaration that stands, of at
 * least this urgency, since the version came (E-21, E-118). Undefined when none is on record.
 */
export function findDetected(
  events: readonly LedgerEvent[],
  version: string,
  severity: string,
): string | undefined {
  const brought = foldRuns(events).findLast(({ plan }) => plan.version === version);
  const { calling, notes } = foldWatch(events, version, brought?.startedAt);
  const over = new Set(notes.map(({ data }) => data.resolves));
  const isGrave = (said: unknown): boolean => rankOf(levelOf(said)) >= rankOf(levelOf(severity));
  const fired = calling.filter((one) => isGrave(one.severity)).map((one) => firedAt(one, events));
  const declared = notes
    .filter(({ id, data }) => isGrave(data.severity) && !over.has(id))
    .map(({ at }) => at);
  return [...fired, ...declared].sort()[0];
}
