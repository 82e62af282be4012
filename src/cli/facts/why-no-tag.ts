import { ReleaseError } from '../../domain/failure.ts';
import type { Version } from '../../domain/version.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import { listReleased } from './list-released.ts';

const tagGone = (to: Version, run: string): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${to} has no tag at the remote any more.`,
    why: `The ledger knows the version (run ${run}), so somebody deleted its tag; without it nobody knows its commit.`,
    next: `From a clone that has it: git push origin refs/tags/${to}. Then the same line again.`,
    state: 'untouched',
  });

const neverReleased = (to: Version, good: readonly string[]): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${to} was never released: there is no such tag.`,
    next:
      good.length > 0
        ? `Released before: ${good.slice(0, 5).join(', ')}.`
        : 'There is nothing to go back to.',
    state: 'untouched',
  });

/** Why a version cannot be gone back to: a version that was left, or that a run brought, has had a tag. */
export async function whyNoTag(
  { ledger, scope, services }: Pick<Wired, 'ledger' | 'scope' | 'services'>,
  to: Version,
): Promise<ReleaseError> {
  const runs = foldRuns(await ledger.read(scope));
  const known = runs.findLast(
    ({ plan, end }) => plan.from === to || (plan.version === to && end === 'completed'),
  );
  return known ? tagGone(to, known.run) : neverReleased(to, await listReleased(services.git));
}
