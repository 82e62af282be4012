import { ReleaseError } from '../../domain/failure.ts';
import type { Wired } from '../wired.ts';

/**
 * Throws E_DEPLOY_BRANCH (2) for a protected environment that is not deployed from main: a deploy merges the release into
 * main and tags it, and a candidate is tried on unprotected ones alone.
 */
export function refuseOtherBranch({
  env,
  environment,
  runbook,
}: Pick<Wired, 'env' | 'environment' | 'runbook'>): void {
  const { main } = runbook.source;
  const { branch = main } = environment;
  if (branch === main) return;
  throw new ReleaseError('E_DEPLOY_BRANCH', {
    what: `${env} is protected and deployed from ${branch}; a deploy to it merges into ${main} and tags.`,
    why: 'The release would be in main, with its version used up, and not be what this environment runs.',
    next: `Deploy it from ${main}; or, where candidates are tried there, leave protected out.`,
    state: 'untouched',
  });
}
