import { ReleaseError } from '../../domain/failure.ts';
import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import { listTakers } from '../../domain/prepare/plan-join.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Version } from '../../domain/version.ts';
import { refuseHalfWay } from '../../engine/start-run.ts';
import { findLive, findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';
import { isMissing } from './is-missing.ts';
import { sayMissing } from './say-missing.ts';

/** Main merged back into develop, made in the cache; nothing of it is pushed. */
export interface BackMerge {
  /** The newest version that main holds. */
  readonly version: Version;
  readonly main: string;
  readonly tip: string;
  /** The merge; undefined when develop holds main already. */
  readonly commit: string | undefined;
  readonly at: string;
  /** What develop lacks, newest first. */
  readonly lacked: readonly HistoryCommit[];
  /** Paths that are other ones in develop afterwards. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

const nothingReleased = (main: string): ReleaseError =>
  new ReleaseError('E_NO_TAG', {
    what: `${main} holds no released version.`,
    why: 'A back-merge follows a release; its tag says which one.',
    next: 'Release first; or tag the commit that is live.',
    state: 'untouched',
  });

const carriesRestore = (
  { main, develop }: Wired['runbook']['source'],
  { sha, subject }: HistoryCommit,
): ReleaseError =>
  new ReleaseError('E_RESTORED', {
    what: `${main} was taken back by ${sha.slice(0, 7)} "${oneLine(subject, 60)}", and merging it would take those changes out of ${develop} as well.`,
    why: `git follows that commit without a conflict and without a word: the next release would lack what ${develop} holds now.`,
    next: `Leave ${main} where it is and prepare the next version from ${develop}: release prepare passes over that commit. Once it is live: --back-merge`,
    state: 'untouched',
  });

/** What stands between a release that is over and its back-merge: a run that may still move main. */
async function refuseUnsettled({ ledger, scope }: Wired): Promise<Version | string | undefined> {
  const runs = foldRuns(await ledger.read(scope));
  const open = findOpenRun(runs);
  if (open !== undefined) throw refuseHalfWay(open);
  return findLive(runs)?.version;
}

async function findVersion({ services: { git }, runbook }: Wired, main: string): Promise<Version> {
  for (const version of await listReleased(git)) {
    const tag = await git.tag(version);
    if (tag !== undefined && (await git.contains(main, tag.commit))) return version;
  }
  throw nothingReleased(runbook.source.main);
}

async function readTip(wired: Wired, branch: string): Promise<string> {
  const tip = await wired.services.git.branchTip(branch);
  if (tip === undefined) throw await sayMissing(wired, branch);
  return tip;
}

/** The merge, proven not to carry a rollback into develop (E-31). Throws E_MERGE_CONFLICT, E_RESTORED. */
async function makeMerge(
  wired: Wired,
  { version, main, tip, at }: Pick<BackMerge, 'version' | 'main' | 'tip' | 'at'>,
  lacked: readonly HistoryCommit[],
): Promise<string> {
  const { source } = wired.runbook;
  const order = { version, main, mainName: source.main, at, asOf: main };
  const takers = listTakers(main, lacked);
  const commit = await wired.services.git
    .makeJoin({ ...order, base: tip, baseName: source.develop, isBack: true })
    // After a rollback a conflict is no reason to merge by hand: that would take the changes out just the same.
    .catch((error: unknown) => {
      throw takers[0] === undefined ? error : carriesRestore(source, takers[0]);
    });
  for (const taker of takers) {
    if (await isMissing(wired, { version, at, taken: taker.sha, base: commit }))
      throw carriesRestore(source, taker);
  }
  return commit;
}

const sayNotLive = (version: Version, live: string | undefined): readonly string[] =>
  live === undefined || live === version
    ? []
    : [`by the ledger ${live} is live, and the newest version that main holds is ${version}`];

/**
 * Reads what a back-merge would do (E-37). Throws E_RUN_OPEN while a run may still move main, E_NO_BRANCH, E_NO_TAG,
 * E_MERGE_CONFLICT, and E_RESTORED when it would carry the restore commit of a rollback into develop.
 */
export async function readBackMerge(wired: Wired): Promise<BackMerge> {
  const { services, runbook, clock } = wired;
  const live = await refuseUnsettled(wired);
  await services.git.sync();
  const [main, tip] = [
    await readTip(wired, runbook.source.main),
    await readTip(wired, runbook.source.develop),
  ];
  const version = await findVersion(wired, main);
  const about = { version, main, tip, at: clock.now().toISOString() };
  const warnings = sayNotLive(version, live);
  if (await services.git.contains(tip, main))
    return { ...about, commit: undefined, lacked: [], files: [], warnings };
  const lacked = await services.git.history(tip, main);
  const commit = await makeMerge(wired, about, lacked);
  const files = (await services.git.changedFiles(tip, commit)) ?? [];
  return { ...about, commit, lacked, files, warnings };
}
