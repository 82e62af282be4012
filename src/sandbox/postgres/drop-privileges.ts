import { accessSync, chmodSync, constants, lchownSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { removeWhenGone } from './remove-when-gone.ts';

/** Whom the server runs as, when not as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on systems whose user list names nobody. */
const NOBODY = 65_534;

/** The user PostgreSQL runs as when we are root, whom it refuses; undefined when we are somebody else already. */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readUsers();
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(found?.[2] ?? NOBODY), gid: Number(found?.[3] ?? NOBODY) };
}

function readUsers(): readonly (readonly string[])[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}

/** Gives one file or folder to the server; it refuses data of which it is not the owner. */
export function giveTo(user: ServerUser | undefined, path: string): void {
  if (user !== undefined) lchownSync(path, user.uid, user.gid);
}

/** True when the server's user may pass through every folder above `path`: a home of mode 0700 stops it. */
export function canReach(user: ServerUser | undefined, path: string): boolean {
  if (user === undefined) return true;
  const above = dirname(resolve(path));
  const passes = (folder: string): boolean => {
    const { uid, gid, mode } = statSync(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    return ((mode >> shift) & 1) === 1;
  };
  return passes(above) && (above === dirname(above) || canReach(user, above));
}

/**
 * A new temporary folder that the server's user can pass through (`mkdtemp` alone makes one that it cannot). It is gone
 * when this process is.
 */
export function makeReachableFolder(prefix: string): string {
  accessSync(tmpdir(), constants.W_OK);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  removeWhenGone(folder);
  return folder;
}
