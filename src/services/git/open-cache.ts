import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { ShellPort } from '../shell/port.ts';
import { gitFailed, isLocal } from './run-git.ts';
import type { GitSetting } from './split-address.ts';

const OLDEST = [2, 38] as const;

const tooOld = (found: string): ReleaseError =>
  new ReleaseError('E_GIT_TOO_OLD', {
    what: `git ${OLDEST.join('.')} or newer is needed; found ${found || 'none'}.`,
    why: 'Merges are made without a work tree (git merge-tree --write-tree).',
    next: 'Install a newer git.',
    state: 'untouched',
  });

async function checkGit(shell: ShellPort): Promise<void> {
  const { out } = await shell.program('git', ['--version'], { timeoutMs: 10_000 });
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(out) ?? [];
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  if (isOld) throw tooOld(out.trim());
}

const userConfig = async (shell: ShellPort, folder: string, args: readonly string[]): Promise<string> => {
  const { code, out } = await shell.program('git', ['-C', folder, 'config', ...args], { timeoutMs: 10_000 });
  return code === 0 ? out.trim() : '';
};

const noRemote = (name: string): ReleaseError =>
  new ReleaseError('E_NO_REMOTE', {
    what: `There is no git remote "${name}" here.`,
    why: 'Releases are made from what the remote has, not from this machine.',
    next: 'git remote add, or write its address under source.remote in runbook.config.yaml.',
    state: 'untouched',
  });

/** `../origin.git` is meant from the checkout, as git itself means it. */
const fromCheckout = (url: string, checkout: string): string =>
  /^\.{1,2}\//.test(url) ? resolve(checkout, url) : url;

/** The address of a remote: itself when it is one, else what the user's checkout calls by that name. */
export async function findUrl(shell: ShellPort, remote: string, checkout: string): Promise<string> {
  if (isLocal(remote) || remote.includes(':')) return fromCheckout(remote, checkout);
  const url = await userConfig(shell, checkout, ['--get', `remote.${remote}.url`]);
  if (url === '') throw noRemote(remote);
  return fromCheckout(url, checkout);
}

/**
 * The parts of the user's own configuration that reaching the remote may need; nothing else of it is used. They
 * come from the user's global settings alone: a repository's own could run code (T11).
 */
export async function findAccess(shell: ShellPort, folder: string): Promise<readonly GitSetting[]> {
  const names = '^(credential\\.helper|core\\.sshcommand|http\\.proxy|http\\.sslcainfo)$';
  const told = await userConfig(shell, folder, ['--global', '-z', '--get-regexp', names]);
  const pairs = told.split('\0').map((line) => line.split('\n'));
  // Of a setting that stands there twice the last one holds, as for git itself.
  const found = new Map(pairs.map(([key = '', ...value]) => [key, value.join('\n').trim()] as const));
  return [...found].filter(([, value]) => value !== '');
}

const isThere = (cacheFolder: string): boolean => existsSync(join(cacheFolder, 'HEAD'));

/** Puts a whole repository in its place; another process that was quicker made the same one. */
function putInPlace(made: string, cacheFolder: string): void {
  try {
    renameSync(made, cacheFolder);
  } catch (error) {
    if (!isThere(cacheFolder)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const notMade = (cacheFolder: string, error: unknown): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `The copy of the code could not be made in ${dirname(cacheFolder)}: ${error instanceof Error ? error.message : String(error)}.`,
    why: 'Code and ledger are read from a repository of their own, beside the configuration.',
    next: 'Let this account write there, or make room on the disk (df); or do it from a clone where it may.',
    state: 'untouched',
  });

/** An empty folder beside the place of the repository. Throws E_GIT where the disk takes none: read only, full, another's. */
function makeFolder(cacheFolder: string): string {
  try {
    mkdirSync(dirname(cacheFolder), { recursive: true, mode: 0o700 });
    return mkdtempSync(`${cacheFolder}-`);
  } catch (error) {
    throw notMade(cacheFolder, error);
  }
}

/**
 * Makes the bare cache repository when it is not there yet. Two commands may start in the same moment, and a
 * repository that is half made reads as none: it is made beside its place and moved there whole.
 */
export async function openCache(shell: ShellPort, cacheFolder: string): Promise<void> {
  if (isThere(cacheFolder)) return;
  await checkGit(shell);
  const made = makeFolder(cacheFolder);
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const answer = await shell.program('git', ['init', '--bare', '--quiet', '--template=', made], {
    timeoutMs: 20_000,
    env,
  });
  if (answer.code !== 0) {
    rmSync(made, { recursive: true, force: true });
    throw gitFailed('Making the git cache', answer);
  }
  putInPlace(made, cacheFolder);
}
