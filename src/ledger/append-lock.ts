import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../domain/clock.ts';
import { ReleaseError } from '../domain/failure.ts';
import type { Machine } from './machine.ts';

const WAIT_MS = 5;
const PATIENCE = 1000;

function tryTake(path: string, machine: Machine): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, `${machine.pid} ${machine.startOf(machine.pid) ?? ''}`);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A writer that was killed inside its few microseconds leaves the file; its process is gone, so it is taken away. */
function removeIfOrphan(path: string, machine: Machine): void {
  try {
    const [pid = '', ...start] = readFileSync(path, 'utf8').split(' ');
    if (pid !== '' && machine.startOf(Number(pid)) !== start.join(' ')) rmSync(path, { force: true });
  } catch {
    // It is gone already: the writer has finished.
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
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let tries = 0; !tryTake(path, machine); tries += 1) {
    if (tries > PATIENCE) throw stuck(path);
    if (tries % 20 === 19) removeIfOrphan(path, machine);
    await clock.sleep(WAIT_MS);
  }
  try {
    return write();
  } finally {
    rmSync(path, { force: true });
  }
}
