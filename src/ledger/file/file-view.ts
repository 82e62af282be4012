import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { dropFenced, GENESIS, newestClaim, readChain } from '../chain.ts';
import { proveScope } from '../ledger-scope.ts';
import type { RecordPoint, RecordView, Since } from '../record-view.ts';
import { tellDiskTrouble } from './disk-trouble.ts';

/** How a journal is known again. */
interface FileMark {
  /** What no write leaves as it is; empty while a write could still hide in the same moment. */
  readonly file: string;
  /** Of the entries that were proven, and their hash. */
  readonly bytes: number;
  readonly sum: string;
}

// Times of files go by ticks: a write within the same one would leave them as they are. The coarsest is FAT's.
const SETTLED_MS = seconds(3);

/** Device, number, size and times; the last one nobody but the system sets. */
function describe(file: number): { readonly said: string; readonly changedMs: number } {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = fstatSync(file, { bigint: true });
  return { said: [dev, ino, size, mtimeNs, ctimeNs].join(':'), changedMs: Number(ctimeMs) };
}

function readWhole(file: number): Buffer {
  const bytes = Buffer.allocUnsafe(fstatSync(file).size);
  let at = 0;
  for (let got = 1; got > 0 && at < bytes.length; at += got)
    got = readSync(file, bytes, at, bytes.length - at, null);
  return bytes.subarray(0, at);
}

/** The hash so far when the journal begins with exactly what was proven before. */
function proveBefore(bytes: Buffer, mark: FileMark): Hash | undefined {
  if (mark.bytes > bytes.length) return undefined;
  const sum = createHash('sha256').update(bytes.subarray(0, mark.bytes));
  return sum.copy().digest('hex') === mark.sum ? sum : undefined;
}

const START = { seq: 0, hash: GENESIS, epoch: 0 };

/** Proves what is not proven yet; a last line without its end was never acknowledged and counts as nothing. */
function prove(bytes: Buffer, path: string, known: RecordPoint | undefined): Since {
  const mark = known?.mark as FileMark | undefined;
  const sum = mark && proveBefore(bytes, mark);
  const before = sum && known ? known : START;
  const from = sum && mark ? mark.bytes : 0;
  const end = Math.max(bytes.lastIndexOf(10) + 1, from);
  const fresh = bytes.subarray(from, end);
  const events = readChain(fresh.toString('utf8').split('\n').slice(0, -1), before, path);
  const last = events.at(-1);
  return {
    follows: sum !== undefined,
    events: dropFenced(events, before.epoch),
    point: {
      seq: last?.seq ?? before.seq,
      hash: last?.h ?? before.hash,
      epoch: newestClaim(events, before.epoch),
      mark: { file: '', bytes: end, sum: (sum ?? createHash('sha256')).update(fresh).digest('hex') },
    },
  };
}

function readSince(file: number, path: string, clock: Clock, known: RecordPoint | undefined): Since {
  const { said, changedMs } = describe(file);
  if (known !== undefined && known.mark.file === said) return { follows: true, events: [], point: known };
  const found = prove(readWhole(file), path, known);
  const isSettled = clock.now().getTime() - changedMs >= SETTLED_MS && describe(file).said === said;
  const { point } = found;
  return isSettled && point ? { ...found, point: { ...point, mark: { ...point.mark, file: said } } } : found;
}

function openJournal(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The record of a file ledger. A file that no write can have touched since is not read again; one that begins with the
 * bytes that were proven is proven from there on; any other as a whole.
 */
export function viewFile(folder: string, scope: string, clock: Clock): RecordView {
  const place = join(folder, proveScope(scope));
  const path = join(place, 'journal.jsonl');
  const since = (known: RecordPoint | undefined): Since => {
    const file = openJournal(path);
    if (file === undefined) return { follows: false, events: [] };
    try {
      return readSince(file, path, clock, known);
    } finally {
      closeSync(file);
    }
  };
  return { since: (known) => tellDiskTrouble('read', place, () => since(known)) };
}
