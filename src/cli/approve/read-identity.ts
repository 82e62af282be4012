import { isAbsolute, join } from 'node:path';
import { seconds } from '../../domain/duration.ts';
import type { SigningKey } from '../../services/signing/sign-text.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** Who sits at this machine, as far as it says so. */
export interface Identity {
  /** Mail address or name, as git has it. */
  readonly called: string;
  readonly key?: SigningKey;
}

type ReadGit = (name: string, ...how: readonly string[]) => Promise<string>;

const gitOf =
  ({ cwd }: Pick<CliContext, 'cwd'>, { services: { shell } }: Wired): ReadGit =>
  async (name, ...how) => {
    const order = { cwd, timeoutMs: seconds(5), env: { LC_ALL: 'C' } };
    const answer = await shell.program('git', ['config', '--get', ...how, name], order);
    return answer.code === 0 ? answer.out.trim() : '';
  };

/** The key that git signs with, where that is an SSH key. */
async function findGitKey(read: ReadGit, cwd: string): Promise<SigningKey | undefined> {
  if ((await read('gpg.format')) !== 'ssh') return undefined;
  const key = await read('user.signingKey', '--type=path');
  if (key === '') return undefined;
  if (/^(key::|ssh-|ecdsa-|sk-)/.test(key)) return { literal: key.replace(/^key::/, '') };
  return { path: isAbsolute(key) ? key : join(cwd, key) };
}

/** Name and signing key from git's own settings; `typed` is the key of --key. */
export async function readIdentity(typed: unknown, context: CliContext, wired: Wired): Promise<Identity> {
  const read = gitOf(context, wired);
  const called = (await read('user.email')) || (await read('user.name'));
  const { cwd } = context;
  const key =
    typeof typed === 'string'
      ? { path: isAbsolute(typed) ? typed : join(cwd, typed) }
      : await findGitKey(read, cwd);
  return { called, ...(key === undefined ? {} : { key }) };
}
