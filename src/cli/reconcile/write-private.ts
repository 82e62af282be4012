import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { CliContext } from '../context.ts';

const notWritten = (path: string, error: unknown): ReleaseError =>
  new ReleaseError('E_FILE_WRITE', {
    what: `${path} could not be written: ${String((error as { code?: unknown } | null)?.code ?? 'unknown')}.`,
    next: 'Make room, or set XDG_STATE_HOME to a folder of yours.',
    state: 'untouched',
  });

function folderOf({ env }: Pick<CliContext, 'env'>): string {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state) return join(state, 'release');
  return home ? join(home, '.local', 'state', 'release') : join(tmpdir(), 'release');
}

/**
 * Writes a file that its owner alone may read, outside of any checkout: it holds data of users. Nothing of it passes the
 * redactor, which would change values that are to be written back. Throws E_FILE_WRITE, also when the name is taken.
 */
export function writePrivate(context: Pick<CliContext, 'env'>, name: string, text: string): string {
  const folder = folderOf(context);
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw notWritten(path, error);
  }
  return path;
}
