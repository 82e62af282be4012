import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeReachableFolder } from '../../src/sandbox/postgres/drop-privileges.ts';

/**
 * A folder that all workers of a run share, made by the first who asks for it. Whoever asks meanwhile makes one of their own,
 * and takes the first when both are there: nobody waits for somebody who may have been killed.
 */
export async function makeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  // The one folder of the run (one-folder.ts): what is made of today's code does not outlive it.
  const folder = join(tmpdir(), `once-${name}`);
  if (existsSync(folder)) return folder;
  const beside = makeReachableFolder(`once-${name}-`);
  await make(beside);
  try {
    renameSync(beside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(beside, { recursive: true, force: true });
  }
  return folder;
}

/** Copies a folder with the owners of its files: PostgreSQL takes no data but its own. */
export async function copyOwned(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-Rp', from, to]);
}
