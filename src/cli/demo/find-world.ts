import { join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { isUp, readWorldFile, type WorldFile } from '../../sandbox/world/world-file.ts';

const FOLDER = join('.release', 'sandbox');

/** Where the sandbox of a folder lives. */
export const standingFolder = (cwd: string): string => join(cwd, FOLDER);

/** The sandbox of a folder; undefined when none is up. */
export const findWorld = (cwd: string): WorldFile | undefined => {
  const world = readWorldFile(standingFolder(cwd));
  return world !== undefined && isUp(world) ? world : undefined;
};

/** The same where one is needed. Throws E_SANDBOX. */
export function needWorld(cwd: string): WorldFile {
  const world = findWorld(cwd);
  if (world !== undefined) return world;
  throw new ReleaseError('E_SANDBOX', {
    what: 'There is no sandbox here.',
    next: 'release demo up',
    state: 'untouched',
  });
}
