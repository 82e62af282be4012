import { ReleaseError } from '../domain/failure.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { Loaded } from './load.ts';
import type { Place } from './problem.ts';
import type { Environment, Runbook } from './schema/index.ts';

/**
 * The environment of this name; an unknown one is never a default (ux D8). `at` is where the environments stand.
 * Throws E_ENV_UNKNOWN.
 */
export function environmentOf(runbook: Runbook, name: string, at?: Place): Environment {
  const found = Object.hasOwn(runbook.environments, name) ? runbook.environments[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(runbook.environments);
  const where = at ? `${at.file}:${at.line}:${at.col}` : 'runbook.config.yaml';
  throw new ReleaseError('E_ENV_UNKNOWN', {
    what: `There is no environment "${name}" in ${where}.`,
    next: `Known: ${known.join(', ')}.${didYouMean(name, known)} Nothing was done.`,
    state: 'untouched',
  });
}

/** The same for a loaded configuration; the refusal says where its environments stand. */
export function findEnvironment(
  { runbook, origin }: Pick<Loaded, 'runbook' | 'origin'>,
  name: string,
): Environment {
  const at = origin(['environments'], 'key');
  return environmentOf(runbook, name, at === 'default' ? undefined : at);
}
