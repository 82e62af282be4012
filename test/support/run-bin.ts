import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/release.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Wanted {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Closes the program's stdout as soon as it has written something, as `head -1` does. */
  readonly hangUp?: boolean;
}

/** The environment of a test: nothing of the machine's CI, colours or secrets. */
const plainEnv = (env: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  ...env,
});

/** Runs the built program with closed stdin and waits for its end. */
export function runBin(words: readonly string[], { cwd, env, hangUp }: Wanted = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...words], {
    cwd: cwd ?? process.cwd(),
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => {
    heard.stdout += part;
    if (hangUp) child.stdout.destroy();
  });
  child.stderr.on('data', (part) => {
    heard.stderr += part;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...heard }));
  });
}
