import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { Watched } from './find-release.ts';
import { ASKS_IN_DOUBT, type HeardVersions, hearVersions } from './hear-version.ts';

const isUnderWay = ({ end }: RunState): boolean => end === 'open' || end === 'paused';

/** Runs that change what is live, and began after the one that is watched. */
function findLater(runs: readonly RunState[], { run, start }: Watched): readonly RunState[] {
  const own = runs.findIndex((one) => one.run === run);
  const later = own < 0 ? runs.filter((one) => Date.parse(one.startedAt) > start) : runs.slice(own + 1);
  return later.filter(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback');
}

const sayRun = ({ run, plan }: RunState): string => `${plan.command} of ${plan.version} (${run})`;

/** Whether the release that is watched is still the one: yes, nobody can say (`doubt`), or no more (`other`), and why. */
export interface Standing {
  readonly doubt?: string;
  readonly other?: string;
}

/** Fewer answers of another version may be one old instance that has not ended yet. */
const LEAST_OTHERS = 2;

/** That another version answers no more takes as many answers of this one. */
const notAlone = (ours: number): string =>
  `another version answered before, and only ${ours} of ${ASKS_IN_DOUBT} answers came since: nobody knows which version is judged`;

function judgeHeard({ ours, other, others }: HeardVersions, isDoubted: boolean): Standing {
  if (others === 0) return isDoubted && ours < ASKS_IN_DOUBT ? { doubt: notAlone(ours) } : {};
  if (ours === 0 && others >= LEAST_OTHERS) return { other: `another version is live: ${other}` };
  return {
    doubt: `${others} of ${ours + others} answers came from ${other}: nobody knows which version is judged`,
  };
}

/**
 * Whether there is anything of this release to judge or to roll back. Where the application does not answer, the ledger says it:
 * no other run came after the one that is watched. `isDoubted`: another version has answered, and stays in doubt until enough
 * answers come of this one alone.
 */
export async function findOther(watched: Watched, wired: Wired, isDoubted = false): Promise<Standing> {
  const [live, told] = await Promise.allSettled([
    hearVersions(watched.version, wired, isDoubted),
    wired.ledger.read(wired.scope),
  ]);
  const later = told.status === 'fulfilled' ? findLater(foldRuns(told.value), watched) : [];
  const open = later.find(isUnderWay);
  if (open !== undefined) return { other: `another run is under way: ${sayRun(open)}` };
  if (live.status === 'fulfilled') return judgeHeard(live.value, isDoubted);
  const last = later.at(-1);
  if (last !== undefined) return { other: `another run came after it: ${sayRun(last)}` };
  return isDoubted ? { doubt: notAlone(0) } : {};
}
