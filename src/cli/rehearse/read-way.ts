import { type FailureCode, isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { Version } from '../../domain/version.ts';
import { findPending, readMigrations } from '../../kit.ts';
import { digestOf } from '../../ledger/digest.ts';
import type { DataWay } from '../../plans/data-back.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';
import type { AppliedMigration, MigrationFile } from '../../services/postgres/port.ts';
import { findLaterCommits, sayCommit } from '../facts/find-later-commits.ts';
import { branchOf } from '../facts/find-release.ts';
import { type RollbackRequest, readRollback } from '../facts/read-rollback-facts.ts';
import { readWebhookWay } from '../facts/read-webhook-way.ts';
import { findRestorePoint } from '../rollback/find-restore-point.ts';
import type { Wired } from '../wired.ts';
import type { RehearsedEnds } from './choose-ends.ts';

/** Migrations between the two ends, as the database has them now. */
export interface BetweenFiles {
  /** Those that a deploy of what is left would bring. */
  readonly pending: readonly MigrationFile[];
  /** Those that the database has, or would have, and the earlier version does not know. */
  readonly extra: readonly MigrationFile[];
  readonly applied: readonly AppliedMigration[];
}

/** The rollback that is rehearsed. */
export interface RehearsedWay {
  readonly ends: RehearsedEnds;
  readonly facts: RollbackFacts;
  readonly files: BetweenFiles;
  /** Why the data cannot go back in the wanted way; the rest is tried all the same. */
  readonly barred?: ReleaseError;
  /** Stands for the migrations of what is left, and those of the database. */
  readonly migrations: string;
}

const NONE: BetweenFiles = { pending: [], extra: [], applied: [] };

async function readFiles(wired: Wired, { commit, to }: RehearsedEnds): Promise<BetweenFiles> {
  const { runbook, configured, services, env } = wired;
  const settings = runbook.migrations;
  if (settings === undefined || !configured.has('postgres')) return NONE;
  const [older, newer, applied] = await Promise.all([
    readMigrations(services.git, to.commit, settings),
    readMigrations(services.git, commit, settings),
    services.postgres.appliedMigrations(env, settings.journal),
  ]);
  const keep = new Set(older.flatMap(({ hash, tag }) => [hash, tag]));
  const pending = findPending(newer, applied);
  const extra = newer.filter(({ hash, tag }) => !keep.has(hash) && !keep.has(tag));
  return { pending, extra, applied };
}

const noWayDown = (to: Version, bare: readonly MigrationFile[]): ReleaseError =>
  new ReleaseError('E_NO_WAY_DOWN', {
    what: `${bare.map(({ tag }) => tag).join(', ')} has no rollback script, so the schema of ${to} cannot be reached by scripts.`,
    next: 'Write the script, or rehearse the other way: --db restore.',
    state: 'untouched',
  });

/** The same choice as a rollback makes after the deploy: scripts for whatever the earlier version does not know. */
async function chooseData(
  wired: Wired,
  { to, db, run }: RollbackRequest,
  { commit }: RehearsedEnds,
  { extra }: BetweenFiles,
): Promise<DataWay> {
  if (db === 'restore') {
    // Where a deploy would note it: right before its first migration, which is now.
    const point = await wired.services.postgres.restorePoint(wired.env);
    return { kind: 'restore', ...point, agreedMinutes: 0, keepAs: `pre-rollback-${to}-${run.slice(-4)}` };
  }
  if (db === 'none' || extra.length === 0) return { kind: 'none' };
  const bare = extra.filter(({ rollbackSql }) => rollbackSql === undefined);
  if (bare.length > 0) throw noWayDown(to, bare);
  return { kind: 'down', commit, tags: extra.map(({ tag }) => tag) };
}

/** The merge that a deploy would push, as an object of our own cache. */
async function makeMerge({ services: { git }, runbook }: Wired, { from, commit }: RehearsedEnds, at: string) {
  const main = await git.branchTip(runbook.source.main);
  if (main === undefined)
    throw new ReleaseError('E_VERSION_UNKNOWN', {
      what: `The remote has no branch ${runbook.source.main}.`,
      next: 'Look at source.main.',
      state: 'untouched',
    });
  const branchName = branchOf(runbook, from);
  return git.makeRelease({ version: from, main, branch: commit, branchName, at, trailers: {} });
}

/** Facts of a rollback from a version that is not deployed yet. */
async function foresee(
  wired: Wired,
  request: RollbackRequest,
  ends: RehearsedEnds,
  files: BetweenFiles,
): Promise<RollbackFacts> {
  const at = wired.clock.now().toISOString();
  const { commit: main } = await makeMerge(wired, ends, at);
  const { reason, severity, run } = request;
  return {
    from: ends.from,
    to: ends.to.version,
    main,
    treeIsThere: false,
    isCodeAway: false,
    commit: ends.to.commit,
    covers: (await findLaterCommits(wired.services.git, main)).map(sayCommit),
    data: await chooseData(wired, request, ends, files),
    webhooks: await readWebhookWay(wired),
    readsData: request.db !== 'none',
    at,
    reason,
    severity,
    configDigest: wired.digest,
    run,
  };
}

const BARS: readonly FailureCode[] = ['E_NO_WAY_DOWN', 'E_NO_RESTORE_POINT', 'E_SECRET_MISSING'];

/** What is about the data alone: the rest can be tried without them. */
const isAboutData = (error: unknown): error is ReleaseError =>
  isReleaseError(error) && (BARS.includes(error.code) || /^E_(DB|NEON|RESTORE)_/.test(error.code));

type Read<T> = { readonly value: T } | { readonly barred: ReleaseError };

const orBarred = async <T>(reading: Promise<T>): Promise<Read<T>> => {
  try {
    return { value: await reading };
  } catch (error) {
    if (!isAboutData(error)) throw error;
    return { barred: error };
  }
};

const digestFiles = ({ extra, applied }: BetweenFiles): string =>
  digestOf([...extra.map(({ hash }) => hash), '', ...applied.map(({ hash, name }) => hash ?? name ?? '')]);

/** Reads what the rollback would be; data that cannot go back in the wanted way, or be asked, bar the data alone. */
export async function readWay(
  wired: Wired,
  request: RollbackRequest,
  ends: RehearsedEnds,
): Promise<RehearsedWay> {
  const between = await orBarred(readFiles(wired, ends));
  const files = 'value' in between ? between.value : NONE;
  const read = (one: RollbackRequest): Promise<RollbackFacts> =>
    ends.isLive
      ? readRollback(wired, one, () => findRestorePoint(wired, one.to)).then(({ facts }) => facts)
      : foresee(wired, one, ends, files);
  const wanted = 'barred' in between ? between : await orBarred(read(request));
  const way = { ends, files, migrations: digestFiles(files) };
  if ('value' in wanted) return { ...way, facts: wanted.value };
  return { ...way, facts: await read({ ...request, db: 'none' }), barred: wanted.barred };
}
