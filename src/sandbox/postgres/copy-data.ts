import { constants, lchownSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerUser } from './drop-privileges.ts';

/** Files of the running server, and logs and slots that belong to it alone. */
const LEFT_OUT = /^(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init)$/;
const EMPTIED = ['pg_wal', 'pg_replslot', 'pg_stat_tmp', 'pg_notify', 'pg_subtrans'];

const isGone = (error: unknown): boolean => (error as { readonly code?: string }).code === 'ENOENT';

/**
 * Copies a data folder whose server may be running, for the server's user. A file that vanishes meanwhile is no
 * failure: the log that was written at the same time takes care of it.
 */
export async function copyData(from: string, to: string, user: ServerUser | undefined): Promise<void> {
  await copyFolder(from, to, user, (name) => EMPTIED.includes(name));
}

async function copyFolder(
  from: string,
  to: string,
  user: ServerUser | undefined,
  isEmptied: (name: string) => boolean,
): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const entries = (await readdir(from, { withFileTypes: true })).filter(({ name }) => !LEFT_OUT.test(name));
  const copies = entries.map((entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!entry.isDirectory()) return copyOne(source, target, user);
    return isEmptied(entry.name) ? makeFolder(target, user) : copyFolder(source, target, user, () => false);
  });
  await Promise.all(copies);
  own(to, user);
}

/** Copies one file for the server's user; does nothing when it is not there any more. */
export async function copyOne(from: string, to: string, user: ServerUser | undefined): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  own(to, user);
}

/** An empty folder for the server's user. */
async function makeFolder(path: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  own(path, user);
}

/** At once: it reads and writes no file, and to wait for it 1,700 times is a fifth of a copy's CPU. */
function own(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) lchownSync(path, user.uid, user.gid);
}
