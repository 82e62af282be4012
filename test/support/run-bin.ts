import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/release.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program while it runs. */
export interface Running {
  readonly pid: number;
  /** Resolves once stdout or stderr have said it; rejects when the program ended without. */
  said(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

interface Wanted {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Closes the program's stdout as soon as it has written something, as `head -1` does. */
  readonly hangUp?: boolean;
  /** Another installation than the one that was built. */
  readonly bin?: string;
}

/** The environment of a test: nothing of the machine's CI, colours or secrets. */
export const plainEnv = (env: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  TMPDIR: process.env.TMPDIR ?? tmpdir(),
  // One for the whole run, gone with it: the account's own is not a test's to write to.
  XDG_CACHE_HOME: join(process.env.TMPDIR ?? tmpdir(), 'cache'),
  ...env,
});

interface Heard {
  stdout: string;
  stderr: string;
}

function waitFor(child: ChildProcess, heard: Heard, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const isSaid = (): boolean => pattern.test(heard.stdout) || pattern.test(heard.stderr);
    const listen = (): void => void (isSaid() && resolve());
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('close', () => reject(new Error(`ended without ${pattern}:\n${heard.stderr}${heard.stdout}`)));
    listen();
  });
}

/** Starts the built program with closed stdin. */
export function startBin(words: readonly string[], { cwd, env, hangUp, bin = BIN }: Wanted = {}): Running {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: cwd ?? process.cwd(),
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard: Heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => {
    heard.stdout += part;
    if (hangUp) child.stdout.destroy();
  });
  child.stderr.on('data', (part) => {
    heard.stderr += part;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...heard }));
  });
  return {
    pid: child.pid ?? 0,
    said: (pattern) => waitFor(child, heard, pattern),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Runs the built program with closed stdin and waits for its end. */
export const runBin = (words: readonly string[], wanted: Wanted = {}): Promise<Ended> =>
  startBin(words, wanted).ended;
