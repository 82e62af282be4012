import { seconds } from '../../domain/duration.ts';
import { makeChildEnv } from './child-env.ts';
import { keepTail, makeLineReader } from './output.ts';
import type { ShellAnswer, ShellOrder, ShellPort, ShellTag, ShellWord } from './port.ts';
import { proveDone } from './prove-done.ts';
import { startTalk } from './talk.ts';

const KILL_AFTER_MS = 2000;
const CAP = 4 * 1024 * 1024;

interface Child {
  readonly pid?: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
}

/** Sends a signal to the child and everything it started; a group that is gone is no error. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Ends the whole group at the time limit or when asked to: first politely, soon after for good. */
function watch(
  child: Child,
  order: ShellOrder,
): { readonly end: () => void; readonly timedOut: () => boolean } {
  let late = false;
  let last: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(child.pid, 'SIGTERM');
    last ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), KILL_AFTER_MS);
  };
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, order.timeoutMs);
  order.signal?.addEventListener('abort', stop, { once: true });
  if (order.signal?.aborted) stop();
  const end = (): void => {
    clearTimeout(timer);
    clearTimeout(last);
    order.signal?.removeEventListener('abort', stop);
  };
  return { end, timedOut: () => late };
}

/** Waits for the group's end; a grandchild that keeps the pipe open is ended with it, not waited for (F56). */
async function follow(
  child: Child,
  ended: Promise<{
    readonly exitCode?: number | null | undefined;
    readonly signal?: string | null | undefined;
  }>,
  order: ShellOrder,
): Promise<ShellAnswer> {
  const started = performance.now();
  const out = keepTail(CAP);
  const err = keepTail(CAP);
  const lines = makeLineReader(order.onLine);
  child.stdout?.on('data', (part: Buffer) => lines(out.add(part)));
  child.stderr?.on('data', (part: Buffer) => lines(err.add(part)));
  const watching = watch(child, order);
  const { exitCode, signal } = await ended;
  watching.end();
  const code = exitCode ?? (watching.timedOut() ? 124 : 1);
  return {
    code,
    out: out.text(),
    err: err.text(),
    tookMs: performance.now() - started,
    timedOut: watching.timedOut(),
    ...(signal === 'SIGINT' ? { byCtrlC: true as const } : {}),
  };
}

type Words = readonly (ShellWord | readonly ShellWord[])[];

/**
 * A bash whose input is a socket, as that of Node's children is, takes itself for one of a remote login and reads ~/.bashrc:
 * what somebody has there, a DATABASE_URL among it, would go over what we hand in. One inside another shell never does.
 */
const NESTED = { SHLVL: '1' };

/** Through zx, which makes one quoted word of every value. */
async function runTemplate(
  parts: TemplateStringsArray,
  words: Words,
  order: ShellOrder,
  folder: string | undefined,
): Promise<ShellAnswer> {
  const cwd = order.cwd ?? folder;
  const { $ } = await import('zx/core');
  const own = $({
    detached: true,
    nothrow: true,
    quiet: true,
    env: { ...makeChildEnv(order.env), ...NESTED },
    stdio: [order.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    prefix: 'set -euo pipefail; ',
    // What ZX_POSTFIX and ZX_TIMEOUT of a terminal would say: a failed publish is not made good by `; true`.
    ...{ postfix: '', preferLocal: false, timeout: 0 },
    kill: async (pid, signal) => signalGroup(Number(pid), (signal ?? 'SIGTERM') as NodeJS.Signals),
    ...(cwd === undefined ? {} : { cwd }),
    ...(order.input ? { input: order.input } : {}),
  });
  const child = own(parts, ...words);
  return follow(child.run(), child, order);
}

/**
 * Programs through execa by argument list, lines through zx. Every child leads its own process group: the terminal's
 * Ctrl-C does not reach it (a migration is never killed by it), and a time limit ends all of it. Lines run in `folder`,
 * the configuration's own, when their order names none: a relative script must never be found where somebody stands.
 */
export function makeShell(folder?: string): ShellPort {
  const runLine = (parts: TemplateStringsArray, words: Words, order: ShellOrder) =>
    runTemplate(parts, words, order, folder);
  const within =
    (order: ShellOrder): ShellTag =>
    async (parts, ...words) =>
      proveDone(parts.join('…'), await runLine(parts, words, order));
  return {
    program: async (name, args, order) => {
      // It blocks for as long as a request takes to leave: those that are ready go first.
      await new Promise(setImmediate);
      const { execa } = await import('execa');
      const child = execa(name, [...args], {
        detached: true,
        reject: false,
        extendEnv: false,
        env: makeChildEnv(order.env),
        buffer: false,
        ...(order.cwd ? { cwd: order.cwd } : {}),
        ...(order.input === undefined ? { stdin: 'ignore' as const } : { input: order.input }),
      });
      return follow(child, child, order);
    },
    talk: startTalk,
    // The line is the runbook owner's own text: it is the command, not a value inside one.
    line: (line, order) => runLine([line] as unknown as TemplateStringsArray, [], order),
    $: within({ timeoutMs: seconds(60) }),
    within,
  };
}
