import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { ReleaseError } from '../../domain/failure.ts';
import { readTick } from '../../domain/watch/read-tick.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import { eachLine } from './each-line.ts';

const wrong = (file: string, line: number, what: string): ReleaseError =>
  new ReleaseError('E_TICKS', {
    what: `${file}:${line} ${what}.`,
    next: 'Correct the line; docs/ticks.md describes them.',
    state: 'untouched',
    at: { file, line, col: 1 },
  });

const unreadable = (file: string, why: string): ReleaseError =>
  new ReleaseError('E_TICKS', {
    what: `${file} cannot be read: ${why}.`,
    next: 'Name a file of ticks, or - for what comes by the pipe.',
    state: 'untouched',
  });

/** Of a file at once: a megabyte, since a file has two hours of ten series in seven. */
const MOST_BYTES = 1024 * 1024;

/** Where ticks are read. */
export interface TickSource {
  readonly cwd: string;
  readonly file: string;
  readonly stdin: Readable;
  /** True for the record of a watch that may have been killed: a line that was cut off is left out. */
  readonly mayBeCut?: boolean;
  /** True where whoever takes them sees for itself that time goes back, as after a clock was set. */
  readonly mayGoBack?: boolean;
}

/**
 * Gives every tick of a file to `take`, one after the other: a file of any length needs no more memory. Throws E_TICKS
 * with the line for one that is no tick, or is earlier than the one before.
 */
export async function readTickFile(
  { cwd, file, stdin, ...allowed }: TickSource,
  take: (tick: Tick) => void,
): Promise<void> {
  const input = file === '-' ? stdin : createReadStream(resolve(cwd, file), { highWaterMark: MOST_BYTES });
  const broken = new Promise<never>((_, reject) => {
    input.once('error', (error: NodeJS.ErrnoException) => reject(unreadable(file, error.code ?? 'unknown')));
  });
  await Promise.race([takeLines(input, file, allowed, take), broken]);
}

async function takeLines(
  input: Readable,
  file: string,
  { mayBeCut = false, mayGoBack = false }: Pick<TickSource, 'mayBeCut' | 'mayGoBack'>,
  take: (tick: Tick) => void,
): Promise<void> {
  let number = 0;
  let last = Number.NEGATIVE_INFINITY;
  await eachLine(input, (line) => {
    number += 1;
    if (line.trim() === '') return;
    const tick = readTick(line);
    if (typeof tick === 'string' && mayBeCut) return;
    if (typeof tick === 'string') throw wrong(file, number, tick);
    if (tick.at < last && !mayGoBack)
      throw wrong(file, number, 'is earlier than the line before: sort the file by "at"');
    last = tick.at;
    take(tick);
  });
}
