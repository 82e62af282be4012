import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

export interface TempOrigin {
  readonly folder: string;
  readonly origin: string;
  readonly work: string;
  git(...args: string[]): string;
  commit(file: string, text: string, message?: string): string;
  remove(): void;
}

/** A bare origin and a working clone with one commit on main, in a temporary folder. */
export function makeTempOrigin(): TempOrigin {
  const folder = mkdtempSync(join(tmpdir(), 'release-git-'));
  const origin = join(folder, 'origin.git');
  const work = join(folder, 'work');
  const run = (cwd: string, args: readonly string[]): string =>
    execFileSync('git', args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  run(folder, ['init', '--bare', '--quiet', '-b', 'main', origin]);
  run(folder, ['init', '--quiet', '-b', 'main', work]);
  run(work, ['remote', 'add', 'origin', origin]);
  const git = (...args: string[]): string => run(work, args);
  const commit = (file: string, text: string, message = `add ${file}`): string => {
    writeFileSync(join(work, file), text);
    git('add', '--', file);
    git('commit', '--quiet', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  commit('package.json', '{"version":"2.0.3"}');
  git('push', '--quiet', 'origin', 'main');
  return {
    folder,
    origin,
    work,
    git,
    commit,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
