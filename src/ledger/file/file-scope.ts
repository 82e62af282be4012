import { join } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import type { LedgerEvent, NewEvent } from '../event.ts';
import { releaseId, type Standing } from '../lock-claim.ts';
import { describeHolder, refuseFenced, refuseReleased } from '../locked.ts';
import { type EpochRecord, type Machine, mayBeAlive } from '../machine.ts';
import { makeEvent, type Origin } from '../make-event.ts';
import { whileAlone } from './append-lock.ts';
import { tellDiskTrouble } from './disk-trouble.ts';
import { claimEpoch, newestEpoch, readEpoch } from './epochs.ts';
import { FileJournal } from './file-journal.ts';

export interface ScopeTools {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly origin: Origin;
}

/** One right to write: its number, and the run that it was given to. */
export interface Right {
  readonly epoch: number;
  readonly run: string;
}

/** The files of one scope: its journal, its epochs, and the lock under which a line is appended. */
export class FileScope {
  readonly #scope: string;
  readonly #folder: string;
  readonly #epochs: string;
  readonly #journal: FileJournal;
  readonly #tools: ScopeTools;

  constructor(root: string, scope: string, tools: ScopeTools) {
    this.#scope = scope;
    this.#folder = join(root, scope);
    this.#epochs = join(this.#folder, 'epochs');
    this.#journal = new FileJournal(join(this.#folder, 'journal.jsonl'));
    this.#tools = tools;
  }

  /** Every event of the file, also of a holder who was taken over. */
  read(): Promise<readonly LedgerEvent[]> {
    return this.#reading(() => this.#journal.read());
  }

  readStanding(): Promise<Standing | undefined> {
    return this.#reading(() => {
      const record = readEpoch(this.#epochs);
      if (record === undefined) return undefined;
      const events = this.#journal.read();
      if (this.#isReleased(record)) return { record };
      return { record, holder: describeHolder(record, events, mayBeAlive(record, this.#tools.machine)) };
    });
  }

  /** False when somebody else has this number already. */
  claim(record: EpochRecord): Promise<boolean> {
    return tellDiskTrouble('written', this.#folder, () => claimEpoch(this.#epochs, record));
  }

  /** Writes the first event of an epoch, once room is kept for the last one. */
  open(epoch: number, event: NewEvent): Promise<LedgerEvent> {
    return this.#alone(() => {
      this.#journal.keepReserve();
      this.#journal.setTornAside();
      return this.#write(epoch, event);
    });
  }

  /** Throws E_FENCED when the right was taken over or given back. */
  append(right: Right, event: NewEvent, mayWait: boolean): Promise<LedgerEvent> {
    return this.#alone(() => {
      this.#refuseIfFenced(right);
      this.#journal.setTornAside();
      if (this.#isReleased(right)) throw refuseReleased(this.#scope, right.epoch);
      return this.#write(right.epoch, event, mayWait);
    });
  }

  note(event: NewEvent): Promise<LedgerEvent> {
    return this.#alone(() => {
      this.#journal.setTornAside();
      return this.#write(newestEpoch(this.#epochs), event);
    });
  }

  /** Throws E_FENCED when the right was taken over. */
  prove(right: Right): Promise<void> {
    return this.#reading(() => this.#refuseIfFenced(right));
  }

  release(right: Right, outcome: string): Promise<LedgerEvent> {
    return this.#alone(() => {
      this.#refuseIfFenced(right);
      this.#journal.setTornAside();
      const id = releaseId(right);
      return this.#write(right.epoch, { id, run: right.run, type: 'lock.released', data: { outcome } });
    });
  }

  #reading<T>(read: () => T): Promise<T> {
    return tellDiskTrouble('read', this.#folder, read);
  }

  #alone<T>(write: () => T): Promise<T> {
    const { machine, clock } = this.#tools;
    return tellDiskTrouble('written', this.#folder, () =>
      whileAlone(join(this.#folder, 'append.lock'), machine, clock, write),
    );
  }

  #refuseIfFenced({ epoch }: Right): void {
    const newest = newestEpoch(this.#epochs);
    if (newest !== epoch) throw refuseFenced(this.#scope, epoch, newest);
  }

  /** By the events read so far. */
  #isReleased(right: Right): boolean {
    return this.#journal.find(releaseId(right)) !== undefined;
  }

  /** One event at the end of what was read; an id that is there already is not written again. */
  #write(epoch: number, event: NewEvent, mayWait = false): LedgerEvent {
    const known = this.#journal.find(event.id);
    if (known !== undefined) return known;
    const at = this.#tools.clock.now().toISOString();
    const place = { scope: this.#scope, epoch, at, head: this.#journal.head };
    const made = makeEvent(event, place, this.#tools.origin);
    this.#journal.append(made, mayWait);
    return made;
  }
}
