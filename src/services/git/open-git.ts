import type { ShellPort } from '../shell/port.ts';
import type { Identity } from './make-objects.ts';
import { type MoveRefs, makeRefMover } from './move-refs.ts';
import { makeObjectReader, type ObjectReader } from './object-reader.ts';
import { findAccess, findUrl, openCache } from './open-cache.ts';
import { isLocal, makeRunGit, makeStartTalk, type RunGit } from './run-git.ts';
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
  readonly move: MoveRefs;
  /** With nothing secret inside: it stands in argument lists. */
  readonly url: string;
}

const opened = new WeakMap<GitOptions, Promise<OpenedGit>>();

/**
 * The bare cache and the address of the remote, opened once for whoever has the same options in hand: the code and the
 * ledger share the programs that stay. Throws E_NO_REMOTE, E_GIT_TOO_OLD, E_GIT.
 */
export function openGit(options: GitOptions): Promise<OpenedGit> {
  const git = opened.get(options) ?? open(options);
  opened.set(options, git);
  return git;
}

async function open({ shell, remote, cacheFolder, checkoutFolder }: GitOptions): Promise<OpenedGit> {
  const address = splitAddress(await findUrl(shell, remote, checkoutFolder));
  const [access] = await Promise.all([
    // A path on this machine is reached without any of it.
    isLocal(address.url) ? [] : findAccess(shell, checkoutFolder),
    openCache(shell, cacheFolder),
  ]);
  const settings = { shell, cacheFolder, remote: address, access };
  const run = makeRunGit(settings);
  return {
    url: address.url,
    run,
    objects: makeObjectReader(makeStartTalk(settings, ['cat-file', '--batch-command'])),
    write: makeObjectWriter(cacheFolder),
    move: makeRefMover(makeStartTalk(settings, ['update-ref', '--stdin']), run),
  };
}
