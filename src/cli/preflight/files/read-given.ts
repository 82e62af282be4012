import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReleaseError } from '../../../domain/failure.ts';
import type { GivenFile } from '../../../kit.ts';

function readText(cwd: string, path: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no access';
    throw new ReleaseError('E_FILES_UNREADABLE', {
      what: `${path} cannot be read: ${code}.`,
      next: 'Look at its rights, or leave it out of --files.',
      state: 'untouched',
    });
  }
}

/** A file with the rollback script that stands beside it. Throws E_FILES_UNREADABLE. */
export function readGiven(cwd: string, path: string, suffix: string): GivenFile {
  const isRollback = path.endsWith(suffix);
  const backPath = path.replace(/\.sql$/, '') + suffix;
  const hasBack = !isRollback && existsSync(resolve(cwd, backPath));
  const back = hasBack ? { back: readText(cwd, backPath) } : {};
  return { path, sql: readText(cwd, path), isRollback, backPath, ...back };
}
