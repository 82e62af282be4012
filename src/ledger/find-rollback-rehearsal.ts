import type { RollbackRehearsal } from '../domain/rollback-rehearsal/rollback-rehearsal.ts';
import type { LedgerEvent } from './event.ts';

/** The newest rehearsal of one way back. */
export interface FoundRehearsal {
  readonly record: RollbackRehearsal;
  /** When it was noted (ISO). */
  readonly at: string;
  /** The run that changed the environment since, where there is one. */
  readonly runSince?: string;
}

type Rehearsed = Extract<LedgerEvent, { type: 'rollback.rehearsed' }>;

/** Which way back; without `data` any way of the database. */
export interface WantedWay {
  readonly from: string;
  readonly to: string;
  readonly data?: RollbackRehearsal['data'];
}

/** The newest rehearsal from one version to another; undefined when there was none. */
export function findRollbackRehearsal(
  events: readonly LedgerEvent[],
  { from, to, data: way }: WantedWay,
): FoundRehearsal | undefined {
  const isIt = (event: LedgerEvent): event is Rehearsed =>
    event.type === 'rollback.rehearsed' &&
    event.data.from === from &&
    event.data.to === to &&
    (way === undefined || event.data.data === way);
  const index = events.findLastIndex(isIt);
  const found = events[index];
  if (found === undefined || !isIt(found)) return undefined;
  const since = events.slice(index).findLast(({ type }) => type === 'run.planned');
  return { record: found.data, at: found.at, ...(since === undefined ? {} : { runSince: since.run }) };
}
