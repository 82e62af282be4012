import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import { anchorsOf } from '../../ledger/anchors.ts';
import { findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { findServedUntil } from '../../ledger/served-until.ts';
import { findWayBack } from '../../ledger/way-back.ts';
import { withBaseline } from '../../ledger/with-baseline.ts';
import type { Wired } from '../wired.ts';
import { hearVersions } from './hear-version.ts';
import { readLive } from './read-live.ts';

/** The release that is watched, as the ledger and the application tell it. */
export interface Watched {
  /** With its v. */
  readonly version: string;
  /** The run that made it live; undefined where the ledger knows of none. */
  readonly run: string | undefined;
  readonly plan: Plan | undefined;
  readonly facts: Readonly<Record<string, JsonObject>>;
  /** ms since 1970; the anchors of every window (E-06, E-07). */
  readonly start: number;
  /** The end of the time with which all is compared: that of the version before, after a rollback its own. */
  readonly before: number;
  readonly live: number;
  readonly open: number;
  /** What `rollback --to` takes to leave this release. */
  readonly back: string;
  /** The rollback to this version that is not over, by its run; undefined: there is none. */
  readonly unended?: string;
}

const other = (wanted: string, live: string): ReleaseError =>
  new ReleaseError('E_NOTHING_LIVE', {
    what: `${wanted} is not live; ${live} is.`,
    next: `release watch ${live}`,
    state: 'untouched',
  });

/** The last run that brought this version to users. */
function findRun(runs: readonly RunState[], version: string): RunState | undefined {
  const brought = runs.filter(({ plan, end }) => plan.version === version && end === 'completed');
  return brought.filter(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback').at(-1);
}

/** The release that a run brought to users. `before`: ms since 1970, when the time ends with which it is compared. */
export const watchedOf = (
  run: RunState,
  back: string,
  before: number = Date.parse(run.startedAt),
): Watched => ({
  version: run.plan.version,
  run: run.run,
  plan: run.plan,
  facts: run.facts,
  back,
  before,
  ...anchorsOf(run),
});

async function findVersion(wanted: string | undefined, wired: Wired): Promise<string> {
  if (wanted === undefined) return readLive(wired);
  const heard = await hearVersions(wanted, wired);
  if (heard.ours === 0 && heard.other !== undefined) throw other(wanted, heard.other);
  return wanted;
}

/** What is live and since when. Throws E_NOTHING_LIVE when another version than `wanted` is. */
export async function findRelease(wanted: string | undefined, wired: Wired, now: number): Promise<Watched> {
  const { ledger, scope } = wired;
  const version = await findVersion(wanted, wired);
  const runs = foldRuns(await ledger.read(scope));
  const [run, back] = [findRun(runs, version), findWayBack(runs, version)];
  const open = findOpenRun(runs);
  const isBack = open?.plan.command === 'rollback' && open.plan.version === version;
  const unended = isBack ? { unended: open.run } : {};
  if (run !== undefined)
    return {
      ...watchedOf(run, back, findServedUntil(runs, run)),
      facts: withBaseline(runs, run),
      ...unended,
    };
  const unknown = { run: undefined, plan: undefined, facts: {}, back, ...unended };
  return { version, ...unknown, start: now, before: now, live: now, open: now };
}
