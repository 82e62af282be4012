import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPipeline } from '../../../src/sandbox/world/start-pipeline.ts';
import type { Scenario } from './open-scenario.ts';

/** A clone of the origin, and what a developer does in it with plain git. */
export interface Developer {
  git(...words: readonly string[]): string;
  /** Changes files of the checkout by path and commits them; answers the commit. */
  commit(subject: string, changes: Readonly<Record<string, (text: string) => string>>): string;
  /** Pushes the branch with a candidate's tag, runs its pipeline, and puts it on staging. */
  offer(version: string, candidate: number): Promise<void>;
  /** The pipeline and staging alone, of a branch that is on the origin already. */
  test(version: string): Promise<void>;
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Opens the clone inside the scenario's folder; its commits are Jo's. */
export function openDeveloper({ world, folder }: Scenario): Developer {
  const clone = join(folder, 'developer');
  const who = ['-c', 'user.name=Jo Example', '-c', 'user.email=jo@example.com', '-c', 'safe.directory=*'];
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const run = (words: readonly string[]): string =>
    execFileSync('git', [...who, ...words], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  run(['clone', '--quiet', '--end-of-options', world.origin.folder, clone]);
  const git = (...words: readonly string[]): string => run(['-C', clone, ...words]);
  const pipeline = startPipeline({
    folder,
    origin: world.origin.folder,
    github: world.github,
    candidate: '',
  });
  const test = async (version: string): Promise<void> => {
    await pipeline.report(version);
    await world.staging.publish(`release/${version}`);
  };
  return {
    git,
    test,
    commit: (subject, changes) => {
      for (const [path, change] of Object.entries(changes)) {
        const file = join(clone, path);
        writeFileSync(file, change(read(file)));
        git('add', '--', path);
      }
      git('commit', '--quiet', '-m', subject);
      return git('rev-parse', 'HEAD');
    },
    offer: async (version, candidate) => {
      const branch = `release/${version}`;
      git('tag', '-a', `${version}-rc.${candidate}`, '-m', `Release candidate of ${version}`);
      git('push', '--quiet', '--force', 'origin', branch, `${version}-rc.${candidate}`);
      await test(version);
    },
  };
}
