import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Nothing of this machine or its user decides what is made: the same seed gives the same ids everywhere. */
const makeEnv = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  LC_ALL: 'C',
});

/** Runs git in a bare repository, by argument list. Resolves with its trimmed output; throws when it fails. */
export async function runGit(folder: string, args: readonly string[], input = ''): Promise<string> {
  const fixed = ['--git-dir', folder, '-c', 'core.hooksPath=/dev/null', '-c', 'gc.auto=0'];
  const running = execute('git', [...fixed, ...args], { env: makeEnv(), maxBuffer: 16 * 1024 * 1024 });
  // git that ends early says why on stderr; a broken pipe would say less.
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(input);
  return (await running).stdout.trim();
}

/** An empty bare repository whose HEAD is main; without the hooks that git would copy. */
export const initBare = (folder: string): Promise<string> =>
  runGit(folder, ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', '-b', 'main', folder]);

/** Every branch and tag and the commit it stands for, by short name. */
export async function readRefs(folder: string): Promise<Readonly<Record<string, string>>> {
  const format =
    '--format=%(refname:lstrip=2) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)';
  const out = await runGit(folder, ['for-each-ref', format, 'refs/heads/', 'refs/tags/']);
  const pairs = out.split('\n').map((line) => line.split(' '));
  return Object.fromEntries(pairs.map(([name = '', commit = '']) => [name, commit]));
}
