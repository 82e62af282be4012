import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { Watched } from './find-release.ts';
import { readLive } from './read-live.ts';

const isUnderWay = ({ end }: RunState): boolean => end === 'open' || end === 'paused';

/** Runs that change what is live, and began after the one that is watched. */
function findLater(runs: readonly RunState[], { run, start }: Watched): readonly RunState[] {
  const own = runs.findIndex((one) => one.run === run);
  const later = own < 0 ? runs.filter((one) => Date.parse(one.startedAt) > start) : runs.slice(own + 1);
  return later.filter(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback');
}

const sayRun = ({ run, plan }: RunState): string => `${plan.command} of ${plan.version} (${run})`;

/**
 * Why there is nothing of this release to judge or to roll back any more; undefined: it is still the one. Where the
 * application does not answer, the ledger says it: no other run came after the one that is watched.
 */
export async function findOther(watched: Watched, wired: Wired): Promise<string | undefined> {
  const [live, told] = await Promise.allSettled([readLive(wired), wired.ledger.read(wired.scope)]);
  const later = told.status === 'fulfilled' ? findLater(foldRuns(told.value), watched) : [];
  const open = later.find(isUnderWay);
  if (open !== undefined) return `another run is under way: ${sayRun(open)}`;
  if (live.status === 'fulfilled')
    return live.value === watched.version ? undefined : `another version is live: ${live.value}`;
  const last = later.at(-1);
  return last === undefined ? undefined : `another run came after it: ${sayRun(last)}`;
}
