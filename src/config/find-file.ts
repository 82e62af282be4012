import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';
import { MAX_BYTES } from './parse-yaml.ts';

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
