import { LEVELS, type Level, rankOf } from '../domain/watch/rule.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns } from './fold.ts';
import { foldWatch } from './fold-watch.ts';

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
  const fired = calling.filter((one) => isGrave(one.severity)).map((one) => one.fired_at ?? one.at);
  const declared = notes
    .filter(({ id, data }) => isGrave(data.severity) && !over.has(id))
    .map(({ at }) => at);
  return [...fired, ...declared].filter((at): at is string => typeof at === 'string').sort()[0];
}
