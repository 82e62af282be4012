import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ended, type Running, startBin } from '../run-bin.ts';
import type { Scenario } from './open-scenario.ts';

/** Another person's machine: a clone, a home and a name of its own. It shares the world with the first, and no file. */
export interface SecondMachine {
  readonly folder: string;
  start(words: readonly string[]): Running;
  run(words: readonly string[]): Promise<Ended>;
}

/** What the world wrote beside its configuration, and a clone has not. */
const GIVEN = ['runbook.config.yaml', '.env.runbook', 'publish.mjs', 'reports'];

/** Makes it inside the scenario's folder, from the configuration as it stands now. */
export function openSecondMachine({ world, folder }: Scenario): SecondMachine {
  const [clone, home] = ['clone', 'home'].map((part) => join(folder, 'second-machine', part)) as [
    string,
    string,
  ];
  mkdirSync(home, { recursive: true });
  const plain = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const from = ['clone', '--quiet', '--end-of-options', world.origin.folder, clone];
  execFileSync('git', ['-c', 'safe.directory=*', ...from], { env: plain, stdio: 'ignore' });
  for (const name of GIVEN) cpSync(join(dirname(world.config), name), join(clone, name), { recursive: true });
  const env = {
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    RELEASE_SANDBOX_HOST: 'second-laptop',
    GITHUB_ACTOR: 'second-owner',
  };
  const start = (words: readonly string[]): Running => startBin(words, { cwd: clone, env });
  return { folder: clone, start, run: (words) => start(words).ended };
}
