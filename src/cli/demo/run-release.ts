import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPackageRoot } from '../../sandbox/find-package-root.ts';
import { makeChildEnv } from '../../services/shell/child-env.ts';
import type { CliContext } from '../context.ts';
import { STORY } from '../in-same-file.ts';

/** Words of the terminal that a child needs to look right; nothing else of the environment is handed on. */
const SCREEN = ['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'CI'];

const makeEnv = (env: CliContext['env'], isLeft: boolean): Record<string, string> =>
  makeChildEnv({
    ...(isLeft ? { [STORY]: '1' } : {}),
    ...Object.fromEntries(
      SCREEN.flatMap((name) => {
        const value = env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  });

export interface ReleaseWish {
  readonly words: readonly string[];
  readonly config: string;
  /** True: the sandbox is gone afterwards, and no line leads on from here. */
  readonly isLeft: boolean;
  /** Kill it a moment after this step has begun. */
  readonly killAt?: string;
}

const PAUSE_MS = 25;
/** Long enough that the step is at its work, and far shorter than a migration that waits for a lock. */
const INTO_THE_STEP_MS = 700;

/** Reads what was added to a growing file. */
function makeTail(path: string): { read(): string; close(): void } {
  const file = openSync(path, 'a+');
  let at = 0;
  const buffer = Buffer.alloc(65_536);
  return {
    read: () => {
      const length = readSync(file, buffer, 0, buffer.length, at);
      at += length;
      return buffer.toString('utf8', 0, length);
    },
    close: () => closeSync(file),
  };
}

/** Waits until the step has begun, then kills the program as a crash would. */
async function killInStep(
  child: ChildProcess,
  events: string,
  step: string,
  { clock }: CliContext,
): Promise<void> {
  const tail = makeTail(events);
  const sign = `"type":"step.started","name":${JSON.stringify(step)}`;
  let said = '';
  try {
    while (child.exitCode === null && !said.includes(sign)) {
      await clock.sleep(PAUSE_MS);
      said += tail.read();
    }
    await clock.sleep(INTO_THE_STEP_MS);
    child.kill('SIGKILL');
  } finally {
    tail.close();
  }
}

const untilEnd = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });

/** Runs this very program against the sandbox, as a person would, on the same screen. Resolves to its exit code. */
export async function runRelease(wish: ReleaseWish, context: CliContext): Promise<number> {
  const { terminal, flags, env, stop } = context;
  const events = join(dirname(wish.config), 'events.jsonl');
  const extra = wish.killAt === undefined ? [] : ['--events', events];
  const bin = join(findPackageRoot(), 'bin', 'release.js');
  const args = [
    bin,
    ...wish.words,
    '--config',
    wish.config,
    ...extra,
    ...(terminal.ascii ? ['--ascii'] : []),
  ];
  // In a group of its own when it is to be asked to stop by us, and not by the terminal a second time.
  const child = spawn(process.execPath, args, {
    env: makeEnv(env, wish.isLeft),
    stdio: ['ignore', flags.json ? 2 : 1, 2],
    detached: true,
  });
  const forget = stop.onRequest(() => void child.kill('SIGINT'));
  try {
    const ended = untilEnd(child);
    if (wish.killAt !== undefined) await killInStep(child, events, wish.killAt, context);
    const code = await ended;
    // A killed program leaves the cursor hidden.
    if (code === 137 && terminal.isLive) process.stderr.write('\u001B[?25h\n');
    return code;
  } finally {
    forget();
  }
}
