import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Machine } from '../machine.ts';

const WAIT_MS = 5;
const PATIENCE = 1000;

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * Takes the name or finds it taken. A link to a file that is already written: a writer that is killed at any moment
 * never leaves a lock without its owner in it, which nobody could ever take away.
 */
function tryTake(path: string, machine: Machine): boolean {
  const own = `${path}.${machine.pid}`;
  const file = openSync(own, 'w', 0o600);
  writeSync(file, `${machine.pid} ${machine.startOf(machine.pid) ?? ''}`);
  closeSync(file);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    remove(own);
  }
}

function isOrphan(path: string, machine: Machine): boolean {
  try {
    const [pid = '', ...start] = readFileSync(path, 'utf8').split(' ');
    return machine.startOf(Number(pid)) !== (start.join(' ') || undefined);
  } catch {
    // It is gone already: the writer has finished.
    return false;
  }
}

/**
 * A writer that was killed inside its few microseconds leaves the file; its process is gone, so it is taken away.
 * Only under a lock of its own: of two that saw the orphan, the slower one would take away the lock of a third.
 */
function removeIfOrphan(path: string, machine: Machine): void {
  if (!isOrphan(path, machine)) return;
  const broom = `${path}.broom`;
  if (!tryTake(broom, machine)) {
    removeIfOrphan(broom, machine);
    return;
  }
  try {
    if (isOrphan(path, machine)) remove(path);
  } finally {
    remove(broom);
  }
}

const stuck = (path: string): ReleaseError =>
  new ReleaseError('E_LEDGER_BUSY', {
    what: 'The ledger stayed busy: another process keeps writing to it.',
    why: `${path} has been there for more than ${(WAIT_MS * PATIENCE) / 1000} s.`,
    next: 'release status shows who is at work.',
    state: 'untouched',
  });

/** Runs `write` while no other process of this machine appends to the same journal. */
export async function whileAlone<T>(
  path: string,
  machine: Machine,
  clock: Clock,
  write: () => T,
): Promise<T> {
  const folder = dirname(path);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (let tries = 0; !tryTake(path, machine); tries += 1) {
    if (tries > PATIENCE) throw stuck(path);
    if (tries % 20 === 19) removeIfOrphan(path, machine);
    await clock.sleep(WAIT_MS);
  }
  try {
    return write();
  } finally {
    remove(path);
  }
}
