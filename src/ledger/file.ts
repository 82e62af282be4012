import type { Clock } from '../domain/clock.ts';
import { dropFenced } from './chain.ts';
import { tellDiskTrouble } from './disk-trouble.ts';
import type { NewEvent } from './event.ts';
import { FileScope, type Standing } from './file-scope.ts';
import type { Claim, Held, Holder, Ledger } from './ledger.ts';
import { listScopes } from './list-scopes.ts';
import { refuseLocked } from './locked.ts';
import type { EpochRecord, Machine } from './machine.ts';
import type { Origin } from './make-event.ts';

const LEASE_MS = 60_000;
const SCOPE = /^[a-z0-9][a-z0-9-]{0,62}\/[a-z0-9][a-z0-9-]{0,62}$/;

export interface FileLedgerOptions extends Omit<Origin, 'host'> {
  readonly folder: string;
  readonly clock: Clock;
  readonly machine: Machine;
}

/** The deadline counts from before the store was asked: a sleep on the way back must count as well. */
type FileHeld = Held & { renewedAt(monotonic: number): void };

/**
 * The file store: one journal a scope, on one machine. Another machine cannot resume, and it says so. The lock is
 * the newest epoch file; the holder's process and the machine's start tell whether it is still there.
 */
export function makeFileLedger(options: FileLedgerOptions): Ledger {
  const { folder, clock } = options;
  const machine = rememberOwnStart(options.machine);
  const origin = { ...options, host: machine.host };
  const known = new Map<string, FileScope>();
  const filesOf = (scope: string): FileScope => {
    if (!SCOPE.test(scope)) throw new TypeError(`not a ledger scope: ${scope}`);
    const files = known.get(scope) ?? new FileScope(folder, scope, { clock, machine, origin });
    known.set(scope, files);
    return files;
  };

  const acquire = async (scope: string, claim: Claim): Promise<Held> => {
    const asked = clock.monotonic();
    const files = filesOf(scope);
    const standing = await files.readStanding();
    if (standing?.holder && !mayTake(standing, claim)) throw refuseLocked(scope, standing.holder);
    // The number after the one that was judged: had anybody come between, the claim finds it taken.
    const record = makeRecord((standing?.record.epoch ?? 0) + 1, claim, options, machine);
    // A takeover was meant for the holder that the person saw, not for whoever was faster.
    if (!(await files.claim(record))) return acquire(scope, { ...claim, takeover: false });
    await files.open(record.epoch, lockEvent(claim, record, standing?.holder));
    return hold(scope, record.epoch, claim.run, asked);
  };

  return {
    about: { store: 'file', says: `ledger: local files in ${folder}; another machine cannot resume` },
    read: async (scope) => dropFenced(await filesOf(scope).read()),
    scopes: () => tellDiskTrouble('read', folder, () => listScopes(folder)),
    holder: async (scope) => (await filesOf(scope).readStanding())?.holder,
    acquire,
    append: async (held, event) => {
      const asked = clock.monotonic();
      const made = await filesOf(held.scope).append(held, event);
      (held as FileHeld).renewedAt(asked);
      return made;
    },
    renew: async (held) => {
      const asked = clock.monotonic();
      await filesOf(held.scope).prove(held);
      (held as FileHeld).renewedAt(asked);
    },
    release: async (held, outcome) => {
      await filesOf(held.scope).release(held, outcome);
    },
    note: async (scope, event) => filesOf(scope).note(event),
  };
}

/** Reading it may start a program; it is needed for every append and never changes. */
function rememberOwnStart(machine: Machine): Machine {
  const own = machine.startOf(machine.pid);
  return { ...machine, startOf: (pid) => (pid === machine.pid ? own : machine.startOf(pid)) };
}

/** Whether a claim may have the lock: nobody holds it, the holder is certainly gone, or the claim goes first. */
function mayTake({ holder, record }: Standing, claim: Claim): boolean {
  if (holder?.alive !== true || claim.takeover === true) return true;
  return claim.preempt === 'rollback' && record.preempt !== 'rollback';
}

function hold(scope: string, epoch: number, run: string, asked: number): FileHeld {
  let until = asked + LEASE_MS;
  const renewedAt = (monotonic: number): void => {
    until = Math.max(until, monotonic + LEASE_MS);
  };
  return { scope, epoch, run, deadline: () => until, renewedAt };
}

function makeRecord(
  epoch: number,
  { run, reason, actor, preempt }: Claim,
  options: FileLedgerOptions,
  machine: Machine,
): EpochRecord {
  const { host, boot, pid } = machine;
  return {
    epoch,
    run,
    actor: options.redact(actor || options.actor),
    reason: options.redact(reason),
    host,
    boot,
    pid,
    processStart: machine.startOf(pid) ?? '',
    at: options.clock.now().toISOString(),
    ...(preempt ? { preempt } : {}),
  };
}

function lockEvent(claim: Claim, record: EpochRecord, before: Holder | undefined): NewEvent {
  const { actor, reason, pid, processStart, boot, preempt, epoch } = record;
  const who = { actor, reason, pid, processStart, boot, ...(preempt ? { preempt } : {}) };
  const head = { id: `${claim.run}:lock:${epoch}`, run: claim.run };
  if (before === undefined) return { ...head, type: 'lock.acquired', data: who };
  return { ...head, type: 'lock.takeover', data: { ...who, from: before.run } };
}
