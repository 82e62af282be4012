import { rmSync } from 'node:fs';
import { makeReachableFolder } from '../../src/sandbox/postgres/drop-privileges.ts';

/** Gives all tests one temporary folder, which is gone when the run is: also when it was killed. */
export default function giveOneFolder(): (() => void) | undefined {
  if (process.env.RELEASE_TEST_FOLDER !== undefined) return undefined;
  const folder = makeReachableFolder('release-tests-');
  process.env.RELEASE_TEST_FOLDER = folder;
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
