import { ReleaseError } from '../domain/failure.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { Environment, Runbook } from './schema/index.ts';

/** The environment of this name; an unknown one is never a default (ux D8). Throws E_ENV_UNKNOWN. */
export function environmentOf(runbook: Runbook, name: string): Environment {
  const known = Object.keys(runbook.environments);
  const found = Object.hasOwn(runbook.environments, name) ? runbook.environments[name] : undefined;
  if (found !== undefined) return found;
  throw new ReleaseError('E_ENV_UNKNOWN', {
    what: `There is no environment "${name}" in runbook.config.yaml.`,
    next: `Known: ${known.join(', ')}.${didYouMean(name, known)} Nothing was done.`,
    state: 'untouched',
  });
}
