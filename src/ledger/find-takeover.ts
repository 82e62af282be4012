import type { LedgerEvent } from './event.ts';

interface Lock {
  readonly run: string;
  readonly actor: string;
  readonly host: string;
  readonly at: string;
}

/** Who took the lock from whom, and why. */
export interface Takeover {
  readonly by: Lock;
  readonly from: Lock;
  readonly reason: string;
}

type LockEvent = Extract<LedgerEvent, { type: 'lock.acquired' | 'lock.takeover' }>;

const isLock = (event: LedgerEvent): event is LockEvent =>
  event.type === 'lock.acquired' || event.type === 'lock.takeover';

const asLock = ({ run, data, host, at }: LockEvent): Lock => ({ run, actor: data.actor, host, at });

/** How `run` came by the lock the last time, when it took it from somebody; undefined when nobody held it. */
export function findTakeover(events: readonly LedgerEvent[], run: string): Takeover | undefined {
  const locks = events.filter(isLock);
  const index = locks.findLastIndex((event) => event.run === run);
  const [before, taken] = [locks[index - 1], locks[index]];
  if (before === undefined || taken?.type !== 'lock.takeover') return undefined;
  return { by: asLock(taken), from: asLock(before), reason: taken.data.reason };
}
