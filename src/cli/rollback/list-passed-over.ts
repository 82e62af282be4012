import { carriesCandidates } from '../../config/carries-candidates.ts';
import { compareReleases, type Version } from '../../domain/version.ts';
import type { RunState } from '../../ledger/fold.ts';
import { findBad } from '../../ledger/way-back.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';
import { findLeft } from './choose-target.ts';

/**
 * Released versions between the one that is left and `to`, newest first, that nobody knows to be bad. `live` is with a
 * `v`, '' for unknown. None where candidates are tried: there any version may come again.
 */
export async function listPassedOver(
  to: Version,
  live: string,
  runs: readonly RunState[],
  { runbook, env, services }: Wired,
): Promise<readonly Version[]> {
  const left = findLeft(runs, live === '' ? undefined : live);
  if (left === '' || carriesCandidates(runbook, env)) return [];
  const bad = findBad(runs);
  const isBetween = (version: Version): boolean =>
    compareReleases(version, to) > 0 && compareReleases(version, left) < 0;
  return (await listReleased(services.git)).filter((version) => isBetween(version) && !bad.has(version));
}
