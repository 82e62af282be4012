import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Wired } from '../wired.ts';

/**
 * Refuses to watch where candidates are tried: nobody uses it, the measurements are those of what users have, and whoever is told or
 * asked to decide would be told of a version that no user has. Throws E_NO_USERS.
 */
export function refuseUnused({ runbook, env }: Pick<Wired, 'runbook' | 'env'>): void {
  if (!carriesCandidates(runbook, env)) return;
  const used = Object.entries(runbook.environments).find(([, one]) => one.protected)?.[0];
  const watch = used === undefined ? '' : ` Users are watched with release watch --env ${used}.`;
  throw new ReleaseError('E_NO_USERS', {
    what: `${env} has no users to watch: candidates are tried there.`,
    why: 'What is measured is what users meet; of a candidate its smoke tests tell.',
    next: `Test what runs there: release smoke --env ${env}.${watch}`,
    state: 'untouched',
  });
}
