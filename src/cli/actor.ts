import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

type Env = Readonly<Record<string, string | undefined>>;

const GIT_LIMIT_MS = 2000;

const readGitName = (cwd: string): Promise<string> =>
  new Promise((resolve) => {
    execFile('git', ['config', 'user.name'], { cwd, timeout: GIT_LIMIT_MS }, (error, stdout) =>
      resolve(error ? '' : stdout.trim()),
    );
  });

function readAccount(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a uid that has no account.
    return 'unknown';
  }
}

/** Who acts: the GitHub account of a workflow, else git's user.name, else the account of the machine. */
export async function readActor(env: Env, cwd: string): Promise<string> {
  if (env.GITHUB_ACTOR) return env.GITHUB_ACTOR;
  return (await readGitName(cwd)) || readAccount();
}
