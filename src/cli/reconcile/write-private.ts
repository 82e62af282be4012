import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { CliContext } from '../context.ts';

const notWritten = (path: string, why: string): ReleaseError =>
  new ReleaseError('E_FILE_WRITE', {
    what: `${path} could not be written: ${why}.`,
    next: 'Make room, or set XDG_STATE_HOME to a folder of yours that nobody else may write to.',
    state: 'untouched',
  });

/** A folder of a known name in a place for all could have been made by somebody else: there it gets a new name. */
function openFolder({ env }: Pick<CliContext, 'env'>): string {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (!state && !home) return mkdtempSync(join(tmpdir(), 'release-'));
  const folder = state ? join(state, 'release') : join(home ?? '', '.local', 'state', 'release');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function refuseForeign(folder: string): void {
  const { uid, mode } = statSync(folder);
  if (uid !== userInfo().uid) throw notWritten(folder, 'the folder belongs to somebody else');
  if ((mode & 0o022) !== 0) throw notWritten(folder, 'others may write to the folder');
}

/** A file that was written, and the digest by which it is known again. */
export interface Private {
  readonly path: string;
  readonly sha256: string;
}

/**
 * Writes a file that its owner alone may read, outside of any checkout: it holds data of users. Nothing of it passes the
 * redactor, which would change values that are to be written back. Throws E_FILE_WRITE, also when the name is taken or the
 * folder is open to others.
 */
export function writePrivate(context: Pick<CliContext, 'env'>, name: string, text: string): Private {
  let path = name;
  try {
    const folder = openFolder(context);
    refuseForeign(folder);
    path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw notWritten(path, String((error as { code?: unknown } | null)?.code ?? 'unknown'));
  }
  return { path, sha256: createHash('sha256').update(text).digest('hex') };
}
