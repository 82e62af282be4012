import { spawn } from 'node:child_process';
import { makeChildEnv } from './child-env.ts';
import type { ShellTalk, TalkOrder } from './port.ts';

const nothing = (): void => undefined;
/** Who was never there, and says so by its end alone. */
const NOBODY: ShellTalk = { write: nothing, close: nothing, kill: nothing, hold: nothing };

/** Starts a program that is asked by its stdin and answers by its stdout; see `ShellPort.talk`. */
export function startTalk(name: string, args: readonly string[], order: TalkOrder): ShellTalk {
  const child = spawn(name, args, {
    detached: true,
    env: makeChildEnv(order.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    order.onEnd();
  };
  child.on('error', end).on('close', end);
  // Without a free descriptor there are no pipes, whatever the types say; the error that follows tells of it.
  if (!child.stdin || !child.stdout) return NOBODY;
  // What was written to a program that has ended is asked again by whoever is told of that end.
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', order.onData);
  // Sockets, although the types do not say so.
  const pipes = [child.stdin, child.stdout] as unknown as readonly { ref(): void; unref(): void }[];
  return {
    write: (text) => void child.stdin.write(text),
    close: () => void child.stdin.end(),
    kill: () => void child.kill('SIGKILL'),
    hold: (isDue) => {
      for (const one of [child, ...pipes]) isDue ? one.ref() : one.unref();
    },
  };
}
