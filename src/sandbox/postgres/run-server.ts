import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ReleaseError } from '../../domain/failure.ts';
import type { ServerUser } from './drop-privileges.ts';
import type { Binaries } from './find-binaries.ts';

const execute = promisify(execFile);

/** How one server is run. */
export interface ServerOrder {
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly data: string;
  readonly log: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** The little that PostgreSQL needs of our environment; no secret of ours reaches it. */
function makeEnv({ libraries }: Binaries): Record<string, string> {
  const where = libraries.join(delimiter);
  const system = process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot };
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', ...system };
  return where === '' ? env : { ...env, LIBRARIES: where, LD_LIBRARY_PATH: where, DYLD_LIBRARY_PATH: where };
}

/** Makes a data folder whose superuser is `release`; the file holds its password. Throws E_POSTGRES_START. */
export async function initData(
  binaries: Binaries,
  data: string,
  passwordFile: string,
  user: ServerUser | undefined,
): Promise<void> {
  const access = ['-U', 'release', '--pwfile', passwordFile, '--auth=scram-sha-256'];
  const shape = ['--encoding=UTF8', '--no-locale', '--wal-segsize=1', '--no-sync', '--no-instructions'];
  const args = ['-D', data, ...access, ...shape];
  await execute(join(binaries.folder, 'initdb'), args, { env: makeEnv(binaries), cwd: '/', ...user }).catch(
    (error: { readonly stderr?: string }) => {
      throw didNotStart(error.stderr ?? String(error));
    },
  );
}

// The watcher is the server's parent and holds the other end of our pipe. A line on it means: end in good order.
// Its end means that we are gone, whatever ended us, SIGKILL included: then the server ends at once. macOS takes
// DYLD_* away from every program that `sh` is, so the libraries are named again inside.
const WATCHER = `
if [ -n "$LIBRARIES" ]; then export LD_LIBRARY_PATH="$LIBRARIES" DYLD_LIBRARY_PATH="$LIBRARIES"; fi
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
(while read -r _ <&3; do kill -INT "$server"; done; kill -QUIT "$server") 2>/dev/null &
reader=$!
wait "$server"
code=$?
kill "$reader" 2>/dev/null
exit "$code"`;

/**
 * Starts `postgres` below a watcher that ends it when we are gone. Windows has no such shell: there the server
 * ends with `stopServer` alone.
 */
export function spawnServer({ binaries, user, data, log, settings }: ServerOrder): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [join(binaries.folder, 'postgres'), '-D', data, ...options];
  const [program = '', ...args] =
    process.platform === 'win32' ? server : ['/bin/sh', '-c', WATCHER, 'watcher', ...server];
  const file = openSync(log, 'a');
  const child = spawn(program, args, {
    env: makeEnv(binaries),
    cwd: '/',
    stdio: ['pipe', file, file],
    detached: true,
    ...user,
  });
  closeSync(file);
  child.stdin?.on('error', () => undefined);
  return child;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const didNotStart = (said: string): ReleaseError =>
  new ReleaseError('E_POSTGRES_START', {
    what: "The sandbox's PostgreSQL did not start.",
    why: said.trim().split('\n').slice(-5).join(' · '),
    next: 'Look at the reason above; RELEASE_SANDBOX_POSTGRES names another PostgreSQL.',
    state: 'untouched',
  });

/** True when the server says in its own file that it takes writes; in recovery it says so at the end of it. */
function isReady(data: string): boolean {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Resolves when the server takes writes. Throws E_POSTGRES_START with its last words when it ended before. */
export async function waitUntilReady(child: ChildProcess, { data, log }: ServerOrder): Promise<void> {
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const ready = async (): Promise<void> => {
    while (!isReady(data)) {
      if (hasEnded(child)) throw didNotStart(readFileSync(log, 'utf8'));
      await pause(5);
    }
  };
  await Promise.race([ready(), failed]);
}

/** Longest wait for a shutdown in good order. */
const GRACE_MS = 5_000;

/** Ends the server in good order, or at once when that takes too long; resolves when it is gone. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (process.platform === 'win32') child.kill();
  child.stdin?.write('\n');
  const timer = setTimeout(() => child.stdin?.end(), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
