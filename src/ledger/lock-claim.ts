import type { NewEvent } from './event.ts';
import type { Claim, Holder } from './ledger.ts';
import type { EpochRecord, Machine } from './machine.ts';
import type { Origin } from './make-event.ts';

/** What is known of the newest epoch of a scope; nobody holds it when it was released. */
export interface Standing {
  readonly record: EpochRecord;
  readonly holder?: Holder;
}

/** Whether a claim may have the lock: nobody holds it, the holder is certainly gone, or the claim goes first. */
export function mayTake({ holder, record }: Standing, claim: Claim): boolean {
  if (holder?.alive !== true || claim.takeover === true) return true;
  return claim.preempt === 'rollback' && record.preempt !== 'rollback';
}

/** The epoch that a claim asks for, `at` as ISO time. Nothing in it is secret. */
export function makeEpochRecord(
  { run, reason, actor, preempt }: Claim,
  { epoch, at }: Pick<EpochRecord, 'epoch' | 'at'>,
  origin: Pick<Origin, 'actor' | 'redact'>,
  machine: Machine,
): EpochRecord {
  const { host, boot, pid } = machine;
  return {
    epoch,
    run,
    actor: origin.redact(actor || origin.actor),
    reason: origin.redact(reason),
    host,
    boot,
    pid,
    processStart: machine.startOf(pid) ?? '',
    at,
    ...(preempt ? { preempt } : {}),
  };
}

/** The first event of an epoch; `before` still held the lock. */
export function makeLockEvent(record: EpochRecord, before: Holder | undefined): NewEvent {
  const { run, actor, reason, pid, processStart, boot, preempt, epoch } = record;
  const who = { actor, reason, pid, processStart, boot, ...(preempt ? { preempt } : {}) };
  const head = { id: `${run}:lock:${epoch}`, run };
  if (before === undefined) return { ...head, type: 'lock.acquired', data: who };
  return { ...head, type: 'lock.takeover', data: { ...who, from: before.run } };
}

/** The last event of an epoch; its id is the same for everybody who asks. */
export const releaseId = ({ run, epoch }: Pick<EpochRecord, 'run' | 'epoch'>): string =>
  `${run}:release:${epoch}`;
