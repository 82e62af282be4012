import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { EpochRecord } from '../machine.ts';
import { syncFolder } from './sync-folder.ts';

const isEpoch = (name: string): boolean => /^\d+$/.test(name);

/** Numbers of the epochs so far, ascending. They are never deleted: a number is a fencing token. */
function listEpochs(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter(isEpoch)
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The newest epoch; undefined before the first. */
export function readEpoch(folder: string): EpochRecord | undefined {
  const newest = listEpochs(folder).at(-1);
  return newest === undefined
    ? undefined
    : (JSON.parse(readFileSync(join(folder, String(newest)), 'utf8')) as EpochRecord);
}

/** Number of the newest epoch, 0 before the first. */
export const newestEpoch = (folder: string): number => listEpochs(folder).at(-1) ?? 0;

/**
 * Claims the next epoch. A link to a file that is already on the disk either makes the name or finds it taken, so
 * of any number of claimants exactly one gets it. False when another was faster.
 */
export function claimEpoch(folder: string, record: EpochRecord): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.claim-${record.pid}-${record.epoch}-${record.run}`);
  const file = openSync(temporary, 'w', 0o600);
  writeSync(file, JSON.stringify(record));
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(temporary, join(folder, String(record.epoch)));
    // A number that is lost with the power would be given a second time.
    syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
