import { readFileSync, rmSync, statfsSync } from 'node:fs';
import { makeReachableFolder } from '../../src/sandbox/postgres/drop-privileges.ts';

const MEMORY = '/dev/shm';
/** Three times what a run has been seen to need at once. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * Linux's folder in memory, where it may hold programs and has room. A database is a thousand files, and some disks
 * take longer to make and remove them than all tests take together.
 */
function findMemory(): string | undefined {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , , options = 'noexec'] = mounts.find((line) => line.split(' ')[1] === MEMORY)?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(MEMORY);
    return options.split(',').includes('noexec') || bavail * bsize < ENOUGH_BYTES ? undefined : MEMORY;
  } catch {
    return undefined;
  }
}

/** Gives all tests one temporary folder, which is gone when the run is: also when it was killed. */
export default function giveOneFolder(): (() => void) | undefined {
  if (process.env.RELEASE_TEST_FOLDER !== undefined) return undefined;
  const place = process.env.TMPDIR ?? findMemory();
  if (place !== undefined) process.env.TMPDIR = place;
  const folder = makeReachableFolder('release-tests-');
  process.env.RELEASE_TEST_FOLDER = folder;
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
