import { spawn } from 'node:child_process';

// It holds the other end of our pipe: the pipe ends when we do, whatever ended us, SIGKILL included. A database
// server that is ending as well may still write a last file, so that it looks a second time.
const JANITOR = 'cat >/dev/null; rm -rf "$1"; sleep 1; rm -rf "$1"';

/** Removes a folder when this process is gone. Windows has no such shell: there it stays after a kill. */
export function removeWhenGone(folder: string): void {
  if (process.platform === 'win32') return;
  const janitor = spawn('/bin/sh', ['-c', JANITOR, 'janitor', folder], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    // A group of its own: Ctrl-C in the terminal is not meant for it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  janitor.on('error', () => undefined);
  janitor.stdin.on('error', () => undefined);
  janitor.unref();
  (janitor.stdin as unknown as { unref(): void }).unref();
}
