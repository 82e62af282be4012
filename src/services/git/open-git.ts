import type { ShellPort } from '../shell/port.ts';
import type { Identity } from './make-objects.ts';
import type { ObjectReader } from './object-reader.ts';
import { findAccess, findUrl, openCache } from './open-cache.ts';
import { isLocal, makeRunGit, openReader, type RunGit } from './run-git.ts';
import { splitAddress } from './split-address.ts';
import { makeObjectWriter, type WriteObject } from './write-object.ts';

export interface GitOptions {
  readonly shell: ShellPort;
  /** Remote name, address or path. */
  readonly remote: string;
  readonly cacheFolder: string;
  /** The user's checkout: the remote's name is looked up there; it is read and never written. */
  readonly checkoutFolder: string;
  readonly identity: Identity;
}

export interface OpenedGit {
  readonly run: RunGit;
  readonly objects: ObjectReader;
  readonly write: WriteObject;
  /** With nothing secret inside: it stands in argument lists. */
  readonly url: string;
}

/** The bare cache and the address of the remote. Throws E_NO_REMOTE, E_GIT_TOO_OLD, E_GIT. */
export async function openGit({
  shell,
  remote,
  cacheFolder,
  checkoutFolder,
}: GitOptions): Promise<OpenedGit> {
  const address = splitAddress(await findUrl(shell, remote, checkoutFolder));
  const [access] = await Promise.all([
    // A path on this machine is reached without any of it.
    isLocal(address.url) ? [] : findAccess(shell, checkoutFolder),
    openCache(shell, cacheFolder),
  ]);
  const settings = { shell, cacheFolder, remote: address, access };
  return {
    url: address.url,
    run: makeRunGit(settings),
    objects: openReader(settings),
    write: makeObjectWriter(cacheFolder),
  };
}
