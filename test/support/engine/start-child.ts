import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { build } from 'esbuild';

/** Bundles a program of the tests once; returns the path of the script. */
export async function buildChild(
  folder: string,
  program = 'test/support/engine/ledger-child.ts',
): Promise<string> {
  const outfile = join(folder, `${basename(program, '.ts')}.mjs`);
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // pg is written for require().
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outfile;
}

/** A real process with a ledger, which does what it is told one line at a time. */
export class LedgerChild {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  /** `maxKiB`: no file may grow larger, as on a full disk. */
  constructor(script: string, folder: string, name: string, maxKiB?: number, env: NodeJS.ProcessEnv = {}) {
    const limit = maxKiB === undefined ? '' : `ulimit -f ${maxKiB}; `;
    // A small heap, so that who hoards is soon at its end; and no picture of it on the disk.
    const args = [
      '-c',
      `ulimit -c 0; ${limit}exec "$0" "$@"`,
      process.execPath,
      '--max-old-space-size=64',
      script,
      folder,
      name,
    ];
    this.process = spawn('bash', args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (this.process.stdout === null) throw new Error('the child has no output');
    this.#reader = createInterface({ input: this.process.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** Sends an order and waits for the first line of its answer. */
  async order(words: string): Promise<string> {
    this.process.stdin?.write(`${words}\n`);
    return this.next();
  }

  /** The next line; undefined words when the process has ended. */
  async next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done === true ? 'ended' : value;
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
    this.#reader.close();
  }
}
