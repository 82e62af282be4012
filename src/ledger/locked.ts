import { ReleaseError } from '../domain/failure.ts';
import type { LedgerEvent } from './event.ts';
import type { Holder } from './ledger.ts';
import type { EpochRecord } from './machine.ts';
import { isOfPreparations } from './prepare-scope.ts';

/** The holder as people are told of it: what it does now and when it was last heard of. */
export function describeHolder(record: EpochRecord, events: readonly LedgerEvent[], alive: boolean): Holder {
  const own = events.filter((event) => event.epoch === record.epoch);
  const step = own.filter((event) => event.type === 'step.intent').at(-1)?.step;
  const { run, actor, host, reason, at, preempt } = record;
  return {
    run,
    actor,
    host,
    reason,
    since: at,
    lastSign: own.at(-1)?.at ?? at,
    alive,
    ...(step ? { step } : {}),
    ...(preempt ? { preempt } : {}),
  };
}

const sayTakeover = (command: string): string =>
  `If that machine is gone for good: release ${command} --resume --takeover --reason "…"`;

/**
 * Only a deploy is pushed aside by a rollback; whoever meets a rollback must not be sent into it, nor into a deploy, and
 * whoever meets a preparation into neither.
 */
function sayWaysOn(scope: string, { preempt }: Holder): string {
  const wait = 'Wait for it (--wait 15m), look (release status), or ask them';
  if (isOfPreparations(scope)) return `${wait}. ${sayTakeover('prepare')}`;
  if (preempt === 'rollback')
    return `${wait}: it is a rollback, and no other one pushes it aside. ${sayTakeover('rollback')}`;
  return `${wait}. A rollback does not wait: release rollback. ${sayTakeover('deploy')}`;
}

/** A moment of the record as people read it; here nobody knows their zone. */
const sayUtc = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

/** Exit 5, with who, where, since when, at what, and what to type (ux 2.2). */
export const refuseLocked = (scope: string, holder: Holder): ReleaseError =>
  new ReleaseError('E_LOCKED', {
    what: `${holder.actor} holds ${scope} since ${sayUtc(holder.since)} from ${holder.host}, run ${holder.run}${holder.step ? `, at "${holder.step}"` : ''}.`,
    why: `${holder.reason}. Last sign of life: ${sayUtc(holder.lastSign)}.`,
    next: sayWaysOn(scope, holder),
    state: 'untouched',
  });

/** Exit 5: this run gave the lock back, so it may not write any more. */
export const refuseReleased = (scope: string, epoch: number): ReleaseError =>
  new ReleaseError('E_FENCED', {
    what: `This run has already let go of ${scope}.`,
    why: `Its right to write ended with epoch ${epoch}.`,
    next: 'release status shows how the run ended.',
    state: 'unclear',
  });

/** Exit 5: somebody else holds a later epoch, so nothing may be written or done any more. */
export const refuseFenced = (scope: string, epoch: number, newest: number): ReleaseError =>
  new ReleaseError('E_FENCED', {
    what: `Another run took ${scope} over.`,
    why: `This run held epoch ${epoch}; ${newest} is the newest.`,
    next: 'release status shows who goes on. This run has stopped and does nothing more.',
    state: 'unclear',
  });
