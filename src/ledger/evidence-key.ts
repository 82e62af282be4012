import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'evidence.key';
const KEY = /^[0-9a-f]{64}$/;

function readKey(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return KEY.test(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whole or not at all. Of several makers at once the last one wins; what another one marked until then with its own is asked
 * again.
 */
function makeKey(folder: string, path: string): string {
  const made = randomBytes(32).toString('hex');
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(temporary, made, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return readKey(path) ?? made;
}

/**
 * The random key of this ledger, 64 hex digits, made when there is none. It never stands in an event, so that whoever
 * is given a journal cannot try out values against the marks in it. A folder that cannot be used gives a key that nobody
 * will meet again: then no recorded answer counts, which is the safe side.
 */
export function readEvidenceKey(folder: string): string {
  const path = join(folder, NAME);
  try {
    return readKey(path) ?? makeKey(folder, path);
  } catch {
    return randomBytes(32).toString('hex');
  }
}
