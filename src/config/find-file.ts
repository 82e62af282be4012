import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';

/** Most a configuration may hold; a larger one is a mistake or an attack (T18). */
const MAX_BYTES = 256 * 1024;

const CONFIG_NAME = 'runbook.config.yaml';

const missing = (): ReleaseError =>
  new ReleaseError('E_CONFIG_MISSING', {
    what: `No ${CONFIG_NAME} here or in any folder above.`,
    next: 'release init writes one; release demo shows a whole release without.',
    state: 'untouched',
  });

const unreadable = (file: string, why: string): ReleaseError =>
  new ReleaseError('E_CONFIG_UNREADABLE', {
    what: `${file} cannot be read: ${why}.`,
    next: 'Name the right file with --config.',
    state: 'untouched',
  });

/** The nearest configuration file from `folder` upwards; throws E_CONFIG_MISSING. */
export function findConfig(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (at === dirname(at)) throw missing();
  }
}

/** The text of a configuration; throws E_CONFIG_UNREADABLE, also for more than 256 KiB. */
export function readConfig(file: string): string {
  const facts = statSync(file, { throwIfNoEntry: false });
  if (facts === undefined) throw unreadable(file, 'there is no such file');
  if (!facts.isFile()) throw unreadable(file, 'it is no file');
  if (facts.size > MAX_BYTES) throw unreadable(file, `it is larger than ${MAX_BYTES / 1024} KiB`);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error instanceof Error && 'code' in error ? String(error.code) : 'no access');
  }
}

/** How messages name a file: as short as it can be typed from here. */
export const nameOf = (cwd: string, path: string): string => {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near || basename(path);
};

/** The file that holds: the named one, or the nearest upwards from `cwd`. Throws E_CONFIG_MISSING. */
export const locateConfig = (cwd: string, file?: string): string =>
  file === undefined ? findConfig(cwd) : resolve(cwd, file);
