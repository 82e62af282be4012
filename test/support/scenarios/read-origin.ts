import { execFileSync } from 'node:child_process';
import type { World } from '../../../src/sandbox/world/start-world.ts';

/** Asks the bare repository of a world; nothing of this machine's configuration counts. */
export function askOrigin({ origin }: Pick<World, 'origin'>, ...words: readonly string[]): string {
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const args = ['-c', 'safe.directory=*', '-C', origin.folder, ...words];
  return execFileSync('git', args, { encoding: 'utf8', env }).trim();
}

/** Ref → object id, every ref there is but the ledger's own. */
export function readRefs(world: Pick<World, 'origin'>): Readonly<Record<string, string>> {
  const lines = askOrigin(world, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n');
  const pairs = lines.map((line) => line.split(' ') as [string, string]);
  return Object.fromEntries(pairs.filter(([ref]) => !ref.startsWith('refs/release/')));
}

/** Names of the refs that are not where they were, are new or are gone. */
export function findMoved(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}
