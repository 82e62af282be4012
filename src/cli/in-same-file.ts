import { resolve } from 'node:path';
import { findConfig, nameOf } from '../config/find-file.ts';
import type { CliContext } from './context.ts';

/** A word as a shell reads it back: in quotes as soon as it holds anything that a shell could take for its own. */
const quote = (word: string): string =>
  /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** True when this very file is found without being named. */
function isFoundAnyway(file: string, { cwd, env }: Pick<CliContext, 'cwd' | 'env'>): boolean {
  if (env.RELEASE_CONFIG) return resolve(cwd, env.RELEASE_CONFIG) === file;
  try {
    return findConfig(cwd) === file;
  } catch {
    return false;
  }
}

/**
 * A command line that goes on must mean the same configuration. The file is named when it would not be found from here,
 * and then as briefly as it can be typed.
 */
export function inSameFile(line: string, context: Pick<CliContext, 'flags' | 'cwd' | 'env'>): string {
  const { flags, cwd } = context;
  const needsIt = /^release (?!demo|help)/.test(line) && !line.includes(' --config ');
  if (flags.config === undefined || !needsIt) return line;
  const file = resolve(cwd, flags.config);
  if (isFoundAnyway(file, context)) return line;
  const near = nameOf(cwd, file);
  return `${line} --config ${quote(near.length < flags.config.length ? near : flags.config)}`;
}
