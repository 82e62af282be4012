import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

// One process of ours starts the shell, and the shell starts git: to split off a worker full of modules is what costs.
const INIT = `git init --bare --quiet -b main origin.git && git init --quiet -b main work &&
git -C work remote add origin "$PWD/origin.git"`;
const COMMIT = 'git add -- "$1" && git commit --quiet -m "$2" && git rev-parse HEAD';

export interface TempOrigin {
  readonly folder: string;
  readonly origin: string;
  readonly work: string;
  git(...args: string[]): string;
  commit(file: string, text: string, message?: string): string;
  /** Another folder with all that this one holds, whose clone has the other's origin. */
  copy(): TempOrigin;
  remove(): void;
}

const run = (cwd: string, program: string, args: readonly string[]): string =>
  execFileSync(program, args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

const runScript = (cwd: string, script: string, ...args: readonly string[]): string =>
  run(cwd, '/bin/sh', ['-c', script, 'sh', ...args]);

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'release-git-'));

function copyFolder(from: string): string {
  const to = makeFolder();
  cpSync(from, to, { recursive: true });
  const config = join(to, 'work/.git/config');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(from, to));
  return to;
}

function openFolder(folder: string): TempOrigin {
  const work = join(folder, 'work');
  return {
    folder,
    origin: join(folder, 'origin.git'),
    work,
    git: (...args) => run(work, 'git', args),
    commit: (file, text, message = `add ${file}`) => {
      writeFileSync(join(work, file), text);
      return runScript(work, COMMIT, file, message);
    },
    copy: () => openFolder(copyFolder(folder)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function makeFirst(): TempOrigin {
  const first = openFolder(makeFolder());
  runScript(first.folder, INIT);
  first.commit('package.json', '{"version":"2.0.3"}');
  first.git('push', '--quiet', 'origin', 'main');
  return first;
}

let first: TempOrigin | undefined;

/** A bare origin and a working clone with one commit on main, in a temporary folder. */
export function makeTempOrigin(): TempOrigin {
  first ??= makeFirst();
  return first.copy();
}
