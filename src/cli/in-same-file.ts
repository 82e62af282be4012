import { resolve } from 'node:path';
import { findConfig, nameOf } from '../config/find-file.ts';
import type { CliContext } from './context.ts';

type Here = Pick<CliContext, 'flags' | 'cwd' | 'env'>;

/** A word as a shell reads it back: in quotes as soon as it holds anything that a shell could take for its own. */
const quote = (word: string): string =>
  /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** True when this very file is found without being named. */
function isFoundAnyway(file: string, { cwd, env }: Here): boolean {
  if (env.RELEASE_CONFIG) return resolve(cwd, env.RELEASE_CONFIG) === file;
  try {
    return findConfig(cwd) === file;
  } catch {
    return false;
  }
}

/** Set by a story of the demo whose sandbox is gone when it ends. */
export const STORY = 'RELEASE_STORY';

/** True within such a story: nobody can go on from it with the configuration that it has. */
const isStory = ({ env }: Here): boolean => env[STORY] === '1';

/** ` --config <file>`, as briefly as it can be typed; '' where the same file is found from here without it. */
export function sameFileFlag(here: Here): string {
  const { flags, cwd } = here;
  if (flags.config === undefined || isStory(here)) return '';
  const file = resolve(cwd, flags.config);
  if (isFoundAnyway(file, here)) return '';
  const near = nameOf(cwd, file);
  return ` --config ${quote(near.length < flags.config.length ? near : flags.config)}`;
}

/** A command line that goes on must mean the same configuration: it names the file where that would not be found. */
export function inSameFile(line: string, here: Here): string {
  const needsIt = /^release (?!demo|help)/.test(line) && !line.includes(' --config ');
  return needsIt ? `${line}${sameFileFlag(here)}` : line;
}

/** The lines that go on from an ending; none where what they would go on with is gone by then. */
export const goOnWith = (next: readonly string[], here: Here): readonly string[] =>
  isStory(here) ? [] : next.map((line) => inSameFile(line, here));
