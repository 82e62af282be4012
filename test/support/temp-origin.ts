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
  // No look at each commit whether there is something to tidy: that is two processes more.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
};

// One process of ours starts the shell, and the shell starts git: to split off a worker full of modules is what costs.
// Without git's templates there are thirty files fewer to copy for each test.
const INIT = `git init --bare --quiet --template= -b main origin.git && git init --quiet --template= -b main work
mkdir -p origin.git/hooks origin.git/info work/.git/hooks work/.git/info
git -C origin.git config receive.autogc false
git -C work remote add origin "$PWD/origin.git"`;
const COMMIT = 'git add -- "$1" && git commit --quiet -m "$2" && git rev-parse HEAD';
const COMMIT_AND_PUSH = `${COMMIT} && git push --quiet origin HEAD`;

export interface TempOrigin {
  readonly folder: string;
  readonly origin: string;
  readonly work: string;
  git(...args: string[]): string;
  /** Lines of a shell in the clone, which end at the first that fails; `args` are its `$1`, `$2`. One process of ours for all. */
  script(lines: string, ...args: string[]): string;
  commit(file: string, text: string, message?: string): string;
  /** The same, and pushes the branch that is checked out. */
  push(file: string, text: string, message?: string): string;
  /** Another folder with all that this one holds, whose clone has the other's origin. */
  copy(): TempOrigin;
  remove(): void;
}

const run = (cwd: string, program: string, args: readonly string[]): string =>
  execFileSync(program, args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

const runScript = (cwd: string, script: string, ...args: readonly string[]): string =>
  run(cwd, '/bin/sh', ['-ec', script, 'sh', ...args]);

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
  const write = (then: string, file: string, text: string, message = `add ${file}`): string => {
    writeFileSync(join(work, file), text);
    return runScript(work, then, file, message);
  };
  return {
    folder,
    origin: join(folder, 'origin.git'),
    work,
    git: (...args) => run(work, 'git', args),
    script: (lines, ...args) => runScript(work, lines, ...args),
    commit: (...what) => write(COMMIT, ...what),
    push: (...what) => write(COMMIT_AND_PUSH, ...what),
    copy: () => openFolder(copyFolder(folder)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function makeFirst(): TempOrigin {
  const first = openFolder(makeFolder());
  runScript(first.folder, INIT);
  first.push('package.json', '{"version":"2.0.3"}');
  return first;
}

let first: TempOrigin | undefined;

/** A bare origin and a working clone with one commit on main, in a temporary folder. */
export function makeTempOrigin(): TempOrigin {
  first ??= makeFirst();
  return first.copy();
}
