import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { compareReleases, type Version } from '../../domain/version.ts';
import { findLive, foldRuns, type RunState } from '../../ledger/fold.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import { sayNextNumber } from '../facts/say-next-number.ts';
import type { Wired } from '../wired.ts';

/** Its number is used up where releases come: a deploy would refuse it. Where candidates are tried it may come again. */
const sayWayOn = async (to: Version, live: string, { env, runbook, services }: Wired): Promise<string> =>
  carriesCandidates(runbook, env)
    ? `release deploy ${to} --env ${env}`
    : sayNextNumber(to, live, services.git);

async function notEarlier(to: Version, live: string, isSaid: boolean, wired: Wired): Promise<ReleaseError> {
  return new ReleaseError('E_NOT_EARLIER', {
    what: `${to} is newer than ${live}, which is live${isSaid ? '' : ' by the ledger; the application itself does not say'}.`,
    why: 'A rollback goes back; a newer version goes through the gate.',
    next: await sayWayOn(to, live, wired),
    state: 'untouched',
  });
}

/** True for the version that the newest change replaced: users had it, whatever the numbers say. */
function isWhatWasReplaced(to: Version, runs: readonly RunState[]): boolean {
  const last = runs.findLast(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback');
  return last?.plan.command === 'deploy' && last.plan.from === to;
}

/**
 * Nothing newer than what is live goes past the gate, but for what the last deploy replaced: a candidate may follow a
 * higher number where it is tried. While the application does not answer, the ledger's last completed version counts;
 * before there is one, the version that the last run left.
 */
export async function refuseNewer(
  to: Version,
  { facts, isLeftByRecord }: RollbackStanding,
  wired: Wired,
): Promise<void> {
  const isSaid = facts.from !== '' && isLeftByRecord === undefined;
  const runs = foldRuns(await wired.ledger.read(wired.scope));
  const before = findLive(runs)?.version ?? runs.findLast(({ plan }) => plan.from !== '')?.plan.from;
  const live = isSaid ? facts.from : before;
  if (live === undefined || compareReleases(to, live) <= 0 || isWhatWasReplaced(to, runs)) return;
  throw await notEarlier(to, live, isSaid, wired);
}
