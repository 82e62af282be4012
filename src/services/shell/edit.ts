import { spawn } from 'node:child_process';
import { makeChildEnv } from './child-env.ts';

/** What an editor needs of a terminal or a desktop, beside what any child gets. */
const OF_A_SCREEN = ['TERM', 'COLORTERM', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR'];

/** How an editor ended. */
export type Edited = { readonly code: number } | { readonly signal: string } | { readonly failed: string };

/**
 * Runs an editor on the terminal of this process until it ends. By words, without a shell; its screen is our stderr, because stdout is the
 * answer of the command. Of `env` it gets what a screen needs, and no secret (T04).
 */
export function runEditor(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Edited> {
  const [name = '', ...args] = words;
  const screen = OF_A_SCREEN.flatMap((one) => (env[one] === undefined ? [] : [[one, env[one]] as const]));
  return new Promise((resolve) => {
    const child = spawn(name, args, { env: makeChildEnv(Object.fromEntries(screen)), stdio: [0, 2, 2] });
    child.on('error', (error) => resolve({ failed: error.message }));
    child.on('close', (code, signal) => resolve(code === null ? { signal: signal ?? '?' } : { code }));
  });
}
