import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { plainEnv } from './run-bin.ts';

const BIN = fileURLToPath(new URL('../../bin/release.js', import.meta.url));
const CTRL_C = '\u0003';
const PATIENCE_MS = 60_000;

/** The program in a terminal of its own, as a person has it in front of them. */
export interface Terminal {
  /** Everything on the screen so far, with its control sequences. */
  screen(): string;
  /** Resolves once the screen has shown it since the last call that waited; rejects when the program ended without. */
  shows(pattern: RegExp): Promise<void>;
  type(line: string): void;
  /** The key, not the signal: the terminal sends it to everything that runs in front. */
  pressCtrlC(): void;
  readonly ended: Promise<number | null>;
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Starts the built program under `script` of util-linux, which gives it a pseudo-terminal of that size. */
export function startInTerminal(
  words: readonly string[],
  cwd: string,
  { columns, rows }: Size = { columns: 80, rows: 24 },
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const line = [`stty cols ${columns} rows ${rows};`, 'exec', process.execPath, BIN, ...words].map(
    (word, i) => (i < 2 ? word : quote(word)),
  );
  const child = spawn('script', ['-qefc', line.join(' '), '/dev/null'], {
    cwd,
    env: plainEnv({ TERM: 'xterm-256color', ...env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let seen = 0;
  child.stdout.on('data', (part) => {
    screen += part;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const shows = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(screen.slice(seen));
        if (!found) return;
        seen += found.index + found[0].length;
        child.stdout.off('data', look);
        resolve();
      };
      child.stdout.on('data', look);
      const fail = (how: string) => reject(new Error(`${how} ${pattern}:\n${screen}`));
      const timer = setTimeout(() => fail('never showed'), PATIENCE_MS);
      void ended.then(() => {
        clearTimeout(timer);
        fail('ended without');
      });
      look();
    });
  return {
    screen: () => screen,
    shows,
    type: (text) => void child.stdin.write(`${text}\r`),
    pressCtrlC: () => void child.stdin.write(CTRL_C),
    ended,
  };
}
