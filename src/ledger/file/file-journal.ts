import {
  appendFileSync,
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { AGAIN } from '../again.ts';
import { GENESIS, lineOf, readChain } from '../chain.ts';
import type { LedgerEvent } from '../event.ts';
import { syncFolder } from './sync-folder.ts';

const RESERVE_BYTES = 64 * 1024;

const diskFull = (path: string, why: string): ReleaseError =>
  new ReleaseError('E_LEDGER_WRITE', {
    what: `The ledger could not be written: ${why}.`,
    why: `Without a record nothing may be done. The file is ${path}.`,
    next: `Make room on the disk, then ${AGAIN}.`,
    state: 'partly-done',
  });

/** False when the disk had no room after all: some file systems find out only now. */
function isForced(file: number): boolean {
  try {
    fdatasyncSync(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * One journal file: lines of JSON, each written whole and forced to the disk. A last line without its newline was
 * never acknowledged and may be set aside; nothing else is ever cut (reliability 5.2).
 */
export class FileJournal {
  readonly path: string;
  #events: LedgerEvent[] = [];
  #byId = new Map<string, LedgerEvent>();
  #size = 0;
  #inode = 0;
  /** By the last reading. */
  #isTorn = false;

  constructor(path: string) {
    this.path = path;
  }

  /** All events; reads only what came since the last call. */
  read(): readonly LedgerEvent[] {
    if (!existsSync(this.path)) return this.#refuseLost();
    const file = openSync(this.path, 'r');
    try {
      this.#follow(file);
      return this.#events;
    } finally {
      closeSync(file);
    }
  }

  /** The event with this id among those read so far. */
  find(id: string): LedgerEvent | undefined {
    return this.#byId.get(id);
  }

  get head(): { readonly seq: number; readonly hash: string } {
    const last = this.#events.at(-1);
    return last ? { seq: last.seq, hash: last.h } : { seq: 0, hash: GENESIS };
  }

  /**
   * Appends one line and forces it to the disk; throws E_LEDGER_WRITE when not all of it was taken. One that `mayWait`
   * is forced with the next: it outlives this process, and is lost with the power at the most.
   */
  append(event: LedgerEvent, mayWait = false): void {
    const line = Buffer.from(`${lineOf(event)}\n`);
    const file = openSync(this.path, 'a', 0o600);
    try {
      const { size, ino } = fstatSync(file);
      this.#writeWhole(file, size, line, mayWait);
      if (this.#size === 0) syncFolder(dirname(this.path));
      this.#inode = ino;
    } finally {
      closeSync(file);
    }
    this.#take(event);
    this.#size += line.length;
  }

  #take(event: LedgerEvent): void {
    this.#events.push(event);
    this.#byId.set(event.id, event);
  }

  /**
   * Reads on, and sets an unfinished last line aside in `<journal>.torn`, because the next line would become a part
   * of it. Call it only while no other process can append.
   */
  setTornAside(): void {
    this.read();
    if (!this.#isTorn) return;
    const file = openSync(this.path, 'r+');
    try {
      const { size } = fstatSync(file);
      const rest = Buffer.alloc(size - this.#size);
      readSync(file, rest, 0, rest.length, this.#size);
      appendFileSync(`${this.path}.torn`, Buffer.concat([rest, Buffer.from('\n')]), { mode: 0o600 });
      ftruncateSync(file, this.#size);
      this.#isTorn = false;
    } finally {
      closeSync(file);
    }
  }

  #follow(file: number): void {
    const { size, ino } = fstatSync(file);
    if (this.#inode !== 0 && ino !== this.#inode) throw this.#replaced();
    if (size < this.#size) throw this.#replaced();
    this.#inode = ino;
    this.#isTorn = false;
    if (size === this.#size) return;
    const fresh = Buffer.alloc(size - this.#size);
    readSync(file, fresh, 0, fresh.length, this.#size);
    const end = fresh.lastIndexOf(10) + 1;
    const lines = fresh.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    for (const event of readChain(lines, this.head, this.path)) this.#take(event);
    this.#size += end;
    this.#isTorn = end < fresh.length;
  }

  #refuseLost(): readonly LedgerEvent[] {
    if (this.#size > 0) throw this.#replaced();
    return [];
  }

  #replaced(): ReleaseError {
    return new ReleaseError('E_LEDGER_REPLACED', {
      what: 'The ledger was deleted or replaced while this run was at work.',
      why: `${this.path} is no longer the file that was written a moment ago.`,
      next: 'Find out who did it and put the file back; release status',
      state: 'unclear',
    });
  }

  // A full disk takes a part of a line without an error; the reserve lets the last words still be written (F16).
  #writeWhole(file: number, before: number, line: Buffer, mayWait: boolean): void {
    const written = this.#tryWrite(file, line);
    if (written === line.length && (mayWait || isForced(file))) return;
    ftruncateSync(file, before);
    rmSync(join(dirname(this.path), '.reserve'), { force: true });
    throw diskFull(this.path, `${written} of ${line.length} bytes were taken, and none is kept`);
  }

  #tryWrite(file: number, line: Buffer): number {
    try {
      return writeSync(file, line);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 0;
      throw diskFull(this.path, (error as NodeJS.ErrnoException).code ?? 'unknown');
    }
  }

  /** Keeps some bytes that can be given up when the disk is full. */
  keepReserve(): void {
    const path = join(dirname(this.path), '.reserve');
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path) || statSync(path).size < RESERVE_BYTES)
      writeFileSync(path, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 });
  }
}
