import { ReleaseError } from '../../domain/failure.ts';
import type { Wired } from '../wired.ts';

/**
 * Throws E_DEPLOY_BRANCH (2) for an environment that is not deployed from main: a deploy merges the release into main and tags it, so
 * that one to staging would release what nobody has tested there.
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
    what: `${env} is deployed from ${branch}, and a deploy merges into ${main} and tags.`,
    why: 'The release would be in main, with its version used up, before it was tested here.',
    next: `Publish ${branch} on ${env} with the host itself; release preflight sees whether it is there.`,
    state: 'untouched',
  });
}
