import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/cli/clock.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Redact } from '../../src/domain/redact.ts';
import { makeGitLedger } from '../../src/ledger/git/git.ts';
import type { GitRemote } from '../../src/ledger/git/git-remote.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Machine } from '../../src/ledger/machine.ts';
import type { GitOptions } from '../../src/services/git/open-git.ts';
import type { GitPort } from '../../src/services/git/port.ts';
import { makeGit } from '../../src/services/git/real.ts';
import { makeRefChain } from '../../src/services/git/ref-chain.ts';
import { makeShell } from '../../src/services/shell/real.ts';

const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Stranger',
  GIT_AUTHOR_EMAIL: 'stranger@example.com',
  GIT_COMMITTER_NAME: 'Stranger',
  GIT_COMMITTER_EMAIL: 'stranger@example.com',
};

const shell = makeShell();
const identity = { name: 'Shop Release', email: 'release@example.com' };

export interface LedgerOpening {
  readonly redact?: Redact;
  readonly clock?: Clock;
  readonly machine?: Partial<Machine>;
  readonly remote?: (real: GitRemote) => GitRemote;
  /** Limit of one call to the remote. */
  readonly timeoutMs?: number;
  /** Where the ledger lies on the remote; default: the usual place. */
  readonly prefix?: string;
}

// Without git's templates there is less to copy; to tidy after each push would be two processes more.
const INIT = `git init --bare --quiet --template= -b main origin.git && mkdir origin.git/hooks
git -C origin.git config receive.autogc false`;

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'release-ledger-origin-'));

function copyFolder(from: string): string {
  const to = makeFolder();
  cpSync(from, to, { recursive: true });
  return to;
}

function openFolder(folder: string) {
  const origin = join(folder, 'origin.git');
  const git = (args: readonly string[], input?: string): string =>
    execFileSync('git', args, {
      cwd: origin,
      env: ENV,
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
    }).trim();
  const optionsOf = (actor: string): GitOptions => {
    const cacheFolder = join(folder, 'caches', actor);
    return { shell, remote: origin, cacheFolder, checkoutFolder: folder, identity };
  };
  const remoteOf = (actor: string, how: Pick<LedgerOpening, 'timeoutMs' | 'prefix'> = {}): GitRemote =>
    makeRefChain(optionsOf(actor), how);
  const open = (actor: string, how: LedgerOpening = {}): Ledger =>
    makeGitLedger({
      remote: (how.remote ?? ((real) => real))(remoteOf(actor, how)),
      clock: how.clock ?? systemClock,
      actor,
      tool: '0.0.0',
      redact: how.redact ?? ((text) => text),
      machine: { host: `${actor}-laptop`, boot: 'b-1', pid: 1, startOf: () => 'a start', ...how.machine },
    });
  return {
    folder,
    origin,
    git,
    optionsOf,
    remoteOf,
    open,
    /** The code of the same origin, as that person's program reaches it. */
    codeOf: (actor: string): GitPort => makeGit(optionsOf(actor)),
    /** A script that the origin runs at `pre-receive` or `post-receive`. */
    hook: (name: string, script: string): void =>
      writeFileSync(join(origin, 'hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 }),
    /** Commits of a scope, newest first, with their messages. */
    commits: (scope: string): readonly string[] =>
      git(['log', '--format=%B%x00', `refs/release/${scope}`])
        .split('\0')
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

export type LedgerOrigin = ReturnType<typeof openFolder>;

/** Another folder with all that this one holds: also what each person's cache has seen. */
export const copyLedgerOrigin = ({ folder }: LedgerOrigin): LedgerOrigin => openFolder(copyFolder(folder));

let empty: string | undefined;

/** A bare origin that holds ledgers, and people who reach it, each from a machine and a cache of their own. */
export function makeLedgerOrigin(): LedgerOrigin {
  if (empty === undefined) {
    empty = makeFolder();
    execFileSync('/bin/sh', ['-ec', INIT], { cwd: empty, env: ENV });
  }
  return openFolder(copyFolder(empty));
}
