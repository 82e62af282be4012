import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { LogsPort } from './port.ts';

/** More than this in one pace is cut off at its beginning: a log that floods must not fill the memory. */
const MOST_BYTES = 4_000_000;

interface Place {
  at: number;
  inode: number;
  /** A line that has not ended yet. */
  rest: string;
}

const unreadable = (path: string, why: string): ReleaseError =>
  new ReleaseError('E_LOG', {
    what: `The log ${path} cannot be read: ${why}.`,
    next: 'Correct its path or its rights, or let a command print it.',
    state: 'untouched',
  });

async function readOn(path: string, place: Place | undefined): Promise<[Place, string]> {
  const file = await open(path, 'r');
  try {
    const { size, ino } = await file.stat();
    if (place === undefined) return [{ at: size, inode: ino, rest: '' }, ''];
    const isNew = place.inode !== ino || size < place.at;
    const from = Math.max(isNew ? 0 : place.at, size - MOST_BYTES);
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    return [
      { at: from + bytesRead, inode: ino, rest: isNew ? '' : place.rest },
      buffer.toString('utf8', 0, bytesRead),
    ];
  } finally {
    await file.close();
  }
}

/** Files of the machine that watches. */
export function makeLogs(root: string): LogsPort {
  const places = new Map<string, Place>();
  return {
    readNew: async (name) => {
      const path = resolve(root, name);
      const [place, text] = await readOn(path, places.get(path)).catch((error: NodeJS.ErrnoException) => {
        throw unreadable(name, error.code ?? 'unknown');
      });
      const lines = `${place.rest}${text}`.split('\n');
      places.set(path, { ...place, rest: lines.pop() ?? '' });
      return lines;
    },
  };
}
