import { ReleaseError } from '../../domain/failure.ts';
import { writeChanged, writeNew } from './place-file.ts';
import type { PlannedFile } from './plan-files.ts';

const refuse = (file: PlannedFile, error: unknown, written: readonly string[]): ReleaseError =>
  new ReleaseError('E_INIT_WRITE', {
    what: `${file.name} cannot be written.`,
    why: error instanceof Error ? error.message : String(error),
    next: 'Look at the rights of this folder, then run release init again: what is there is kept.',
    state: written.length === 0 ? 'untouched' : 'partly-done',
  });

/** Writes what is planned, one file after the other; stops at the first that cannot be written (E_INIT_WRITE). */
export function writeFiles(root: string, files: readonly PlannedFile[]): void {
  const written: string[] = [];
  for (const file of files.filter(({ does }) => does === 'write' || does === 'change')) {
    try {
      if (file.does === 'write') writeNew(root, file.name, file.after);
      else writeChanged(root, file.name, file.before, file.after);
      written.push(file.name);
    } catch (error) {
      throw refuse(file, error, written);
    }
  }
}
