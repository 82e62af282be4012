import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../domain/clock.ts';
import { ReleaseError } from '../domain/failure.ts';
import type { Redact } from '../domain/redact.ts';
import { whileAlone } from './append-lock.ts';
import { dropFenced, hashOf } from './chain.ts';
import { claimEpoch, newestEpoch, readEpoch } from './epochs.ts';
import type { LedgerEvent, NewEvent } from './event.ts';
import { FileJournal } from './file-journal.ts';
import type { Claim, Held, Holder, Ledger } from './ledger.ts';
import { describeHolder, refuseFenced, refuseLocked } from './locked.ts';
import { type EpochRecord, type Machine, mayBeAlive } from './machine.ts';

const LEASE_MS = 60_000;
const SCOPE = /^[a-z0-9][a-z0-9-]{0,62}\/[a-z0-9][a-z0-9-]{0,62}$/;

export interface FileLedgerOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly actor: string;
  readonly tool: string;
  /** Applied to everything stored: a secret never reaches the file. */
  readonly redact: Redact;
}

type FileHeld = Held & { touch(): void };

/**
 * The file store: one journal a scope, on one machine. Another machine cannot resume, and it says so. The lock is
 * the newest epoch file; the holder's process and the machine's start tell whether it is still there.
 */
export function makeFileLedger(options: FileLedgerOptions): Ledger {
  const { folder, clock, machine } = options;
  const journals = new Map<string, FileJournal>();

  const placeOf = (scope: string): string => {
    if (!SCOPE.test(scope)) throw new TypeError(`not a ledger scope: ${scope}`);
    return join(folder, scope);
  };
  const journalOf = (scope: string): FileJournal => {
    const known = journals.get(scope) ?? new FileJournal(join(placeOf(scope), 'journal.jsonl'));
    journals.set(scope, known);
    return known;
  };
  const alone = <T>(scope: string, write: () => T): Promise<T> =>
    whileAlone(join(placeOf(scope), 'append.lock'), machine, clock, write);

  /** Writes one event at the end of the chain; an id that is there already is not written again. */
  const write = (scope: string, epoch: number, event: NewEvent): LedgerEvent => {
    const journal = journalOf(scope);
    const known = journal.read().find((one) => one.id === event.id);
    if (known !== undefined) return known;
    const made = makeEvent(event, scope, epoch, journal.head, options);
    journal.append(made);
    return made;
  };

  const refuseIfFenced = (held: Held): void => {
    const newest = newestEpoch(join(placeOf(held.scope), 'epochs'));
    if (newest !== held.epoch) throw refuseFenced(held.scope, held.epoch, newest);
  };

  const currentHolder = (scope: string): { record: EpochRecord; holder: Holder } | undefined => {
    const record = readEpoch(join(placeOf(scope), 'epochs'));
    if (record === undefined) return undefined;
    const events = journalOf(scope).read();
    const isReleased = events.some((event) => event.type === 'lock.released' && event.epoch === record.epoch);
    return isReleased
      ? undefined
      : { record, holder: describeHolder(record, events, mayBeAlive(record, machine)) };
  };

  const hold = (scope: string, epoch: number, run: string): FileHeld => {
    let until = clock.monotonic() + LEASE_MS;
    const touch = (): void => {
      until = clock.monotonic() + LEASE_MS;
    };
    return { scope, epoch, run, deadline: () => until, touch };
  };

  return {
    about: { store: 'file', says: `ledger: local files in ${folder}; another machine cannot resume` },
    read: async (scope) => dropFenced(journalOf(scope).read()),
    scopes: async () => listScopes(folder),
    holder: async (scope) => currentHolder(scope)?.holder,
    acquire: async (scope, claim) => {
      const before = currentHolder(scope);
      const mayTake =
        before === undefined ||
        !before.holder.alive ||
        claim.takeover === true ||
        claim.preempt === 'rollback';
      if (before !== undefined && !mayTake) throw refuseLocked(scope, before.holder);
      const record = makeRecord(newestEpoch(join(placeOf(scope), 'epochs')) + 1, claim, options);
      if (!claimEpoch(join(placeOf(scope), 'epochs'), record))
        throw refuseLocked(scope, winnerOf(currentHolder(scope), record));
      await alone(scope, () => {
        journalOf(scope).setTornAside();
        journalOf(scope).keepReserve();
        write(scope, record.epoch, lockEvent(claim, record, before?.record));
      });
      return hold(scope, record.epoch, claim.run);
    },
    append: async (held, event) => {
      const made = await alone(held.scope, () => {
        refuseIfFenced(held);
        return write(held.scope, held.epoch, event);
      });
      (held as FileHeld).touch();
      return made;
    },
    renew: async (held) => {
      refuseIfFenced(held);
      (held as FileHeld).touch();
    },
    release: async (held, outcome) => {
      const id = `${held.run}:release:${held.epoch}`;
      await alone(held.scope, () => {
        refuseIfFenced(held);
        write(held.scope, held.epoch, { id, run: held.run, type: 'lock.released', data: { outcome } });
      });
    },
    note: (scope, event) =>
      alone(scope, () => write(scope, newestEpoch(join(placeOf(scope), 'epochs')), event)),
  };
}

const winnerOf = (now: { holder: Holder } | undefined, mine: EpochRecord): Holder =>
  now?.holder ?? { ...mine, since: mine.at, lastSign: mine.at, alive: true };

function makeRecord(epoch: number, claim: Claim, { clock, machine, actor }: FileLedgerOptions): EpochRecord {
  const { host, boot, pid } = machine;
  const processStart = machine.startOf(pid) ?? '';
  const { run, reason } = claim;
  return {
    epoch,
    run,
    actor: claim.actor || actor,
    reason,
    host,
    boot,
    pid,
    processStart,
    at: clock.now().toISOString(),
  };
}

function lockEvent(claim: Claim, record: EpochRecord, before: EpochRecord | undefined): NewEvent {
  const { actor, reason, pid, processStart, boot, run, epoch } = record;
  const who = { actor, reason, pid, processStart, boot };
  const id = `${run}:lock:${epoch}`;
  if (before === undefined) return { id, run: claim.run, type: 'lock.acquired', data: who };
  return { id, run: claim.run, type: 'lock.takeover', data: { ...who, from: before.run } };
}

function makeEvent(
  event: NewEvent,
  scope: string,
  epoch: number,
  head: { readonly seq: number; readonly hash: string },
  { clock, machine, actor, tool, redact }: FileLedgerOptions,
): LedgerEvent {
  const at = clock.now().toISOString();
  const full = {
    v: 1,
    ...event,
    scope,
    epoch,
    at,
    host: machine.host,
    actor,
    tool,
    seq: head.seq + 1,
    p: head.hash,
  };
  const clean = JSON.parse(redact(JSON.stringify(full))) as Omit<LedgerEvent, 'h'>;
  return { ...clean, h: hashOf(clean) } as LedgerEvent;
}

function listScopes(folder: string): readonly string[] {
  const list = (path: string): string[] => {
    try {
      return readdirSync(path, { withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map((one) => one.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new ReleaseError('E_LEDGER_UNREADABLE', {
        what: `The ledger folder ${path} cannot be read.`,
        next: 'Look at its owner and rights.',
        state: 'untouched',
      });
    }
  };
  return list(folder).flatMap((service) => list(join(folder, service)).map((env) => `${service}/${env}`));
}
