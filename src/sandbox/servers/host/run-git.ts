import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const FIXED = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'core.autocrlf=false'];

/** Runs git on a bare repository by argument list; no setting of this machine has a say. Resolves to its output. */
export async function runGit(
  origin: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const own = {
    PATH: process.env.PATH ?? '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  const { stdout } = await execute('git', [...FIXED, `--git-dir=${origin}`, ...args], {
    env: { ...own, ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.trim();
}
