import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { type Loss, sumLoss } from '../../domain/loss.ts';
import { compareReleases, isCandidate, readVersion, type Version } from '../../domain/version.ts';
import { readMigrations } from '../../kit.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { DataWay } from '../../plans/data-back.ts';
import type { RollbackFacts } from '../../plans/plan-rollback.ts';
import type { GitPort, TagFacts } from '../../services/git/port.ts';
import type { MigrationFile } from '../../services/postgres/port.ts';
import type { Wired } from '../wired.ts';
import { askLive } from './ask-live.ts';
import { countApplied } from './count-applied.ts';
import { branchOf, listPrepared } from './find-release.ts';
import { findSchemaFile } from './find-schema-file.ts';
import type { FoundPoint } from './found-point.ts';

export interface RollbackRequest {
  readonly to: Version;
  readonly db: 'auto' | 'none' | 'down' | 'restore';
  readonly reason: string;
  readonly severity: string;
  readonly run: string;
}

interface RestoreStanding extends FoundPoint {
  readonly loss: Loss;
  /** Payments that succeeded since the point; null when Stripe does not say, left out where none is configured. */
  readonly payments?: number | null;
  /** Names of branches that hang on the database and will hang on the kept state (E-48). */
  readonly moves: readonly string[];
}

export interface RollbackStanding {
  readonly facts: RollbackFacts;
  readonly restore?: RestoreStanding;
  /** Where the schema of that version lies as text (MIG-08). */
  readonly schemaFile?: string;
}

const neverReleased = (to: Version, good: readonly string[]): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${to} was never released: there is no such tag.`,
    next:
      good.length > 0
        ? `Released before: ${good.slice(0, 5).join(', ')}.`
        : 'There is nothing to go back to.',
    state: 'untouched',
  });

const noWayDown = (to: Version, bare: readonly MigrationFile[]): ReleaseError =>
  new ReleaseError('E_NO_WAY_DOWN', {
    what: `${bare.map((file) => file.tag).join(', ')} has no rollback script, so the schema of ${to} cannot be reached by scripts.`,
    next: 'Keep the newer schema with --db none, or give up data with --db restore --accept-data-loss.',
    state: 'untouched',
  });

/** Released versions, newest first, without candidates (E-33). */
export async function listReleased(git: GitPort): Promise<readonly Version[]> {
  return (await git.versions()).filter((version) => !isCandidate(version));
}

/** Migrations that the database has and the wanted version does not know, in order. */
async function readExtra(wired: Wired, to: TagFacts, now: string): Promise<readonly MigrationFile[]> {
  const settings = wired.runbook.migrations;
  if (settings === undefined || !wired.configured.has('postgres')) return [];
  const { git, postgres } = wired.services;
  const [older, newer, applied] = await Promise.all([
    readMigrations(git, to.commit, settings),
    readMigrations(git, now, settings),
    postgres.appliedMigrations(wired.env, settings.journal),
  ]);
  // By name as well: a file that was edited later is still the older version's own.
  const keep = new Set(older.flatMap((file) => [file.hash, file.tag]));
  const there = new Set(applied.flatMap((one) => [one.hash, one.name]));
  const isKept = (file: MigrationFile): boolean => keep.has(file.hash) || keep.has(file.tag);
  return newer.filter((file) => !isKept(file) && (there.has(file.hash) || there.has(file.tag)));
}

/**
 * Tip of the branch whose deploy was the last one and ended before its tag was pushed: its migrations may be in the
 * database although no released version knows them.
 */
async function findUnreleased({
  ledger,
  scope,
  services,
  runbook,
  isBlind,
}: Wired): Promise<string | undefined> {
  if (isBlind) return findPrepared(services.git, runbook);
  const last = foldRuns(await ledger.read(scope)).findLast(({ plan }) => plan.command === 'deploy');
  const version = readVersion(last?.plan.version ?? '');
  if (version === undefined || (await services.git.tag(version)) !== undefined) return undefined;
  return services.git.branchTip(branchOf(runbook, version));
}

/** Nobody knows whether it was begun; of its migrations only those count that the database has. */
async function findPrepared(git: GitPort, runbook: Wired['runbook']): Promise<string | undefined> {
  const [newest] = await listPrepared(git, runbook);
  return newest && git.branchTip(branchOf(runbook, newest));
}

async function findNewestTagged(git: GitPort): Promise<string | undefined> {
  const [newest] = [...(await listReleased(git))].sort((a, b) => compareReleases(b, a));
  return newest && (await git.tag(newest))?.commit;
}

function chooseDown(request: RollbackRequest, extra: readonly MigrationFile[], commit: string): DataWay {
  if (extra.length === 0 || request.db === 'none') return { kind: 'none' };
  const bare = extra.filter((file) => file.rollbackSql === undefined);
  if (bare.length > 0) throw noWayDown(request.to, bare);
  return { kind: 'down', commit, tags: extra.map((file) => file.tag) };
}

/** Reads what a rollback would start from and chooses the way of code and data (E-84, E-88). */
export async function readRollback(
  wired: Wired,
  request: RollbackRequest,
  findPoint: () => Promise<FoundPoint>,
): Promise<RollbackStanding> {
  const { git } = wired.services;
  await git.sync();
  const [tag, main, live] = await Promise.all([
    git.tag(request.to),
    git.branchTip(wired.runbook.source.main),
    askLive(wired),
  ]);
  if (tag === undefined || main === undefined) throw neverReleased(request.to, await listReleased(git));
  const from = live ? `v${live.version}` : '';
  const newer = (await findUnreleased(wired)) ?? (await findNewestTagged(git)) ?? main;
  const restore = request.db === 'restore' ? await readRestore(wired, findPoint) : undefined;
  const data: DataWay = restore
    ? {
        kind: 'restore',
        ...restore.point,
        agreedMinutes: restore.loss.minutes,
        keepAs: `pre-rollback-${request.to}-${request.run.slice(-4)}`,
      }
    : chooseDown(request, request.db === 'none' ? [] : await readExtra(wired, tag, newer), newer);
  const { to, reason, severity, run } = request;
  const treeIsThere = await git.sameTree(main, tag.commit);
  const applied = await countApplied(wired, request.db !== 'none');
  const at = wired.clock.now().toISOString();
  const facts = {
    from,
    to,
    main,
    treeIsThere,
    commit: main,
    data,
    readsData: request.db !== 'none',
    ...(applied === undefined ? {} : { applied }),
    at,
    reason,
    severity,
    configDigest: wired.digest,
    run,
  };
  const schemaFile = await findSchemaFile(wired, to);
  return { facts, ...(restore ? { restore } : {}), ...(schemaFile ? { schemaFile } : {}) };
}

/** A Stripe that does not answer holds no rollback up; that it did not is said. */
async function countPayments(
  { services, configured, env }: Wired,
  at: string,
): Promise<{ readonly payments?: number | null }> {
  if (!configured.has('stripe')) return {};
  try {
    return { payments: (await services.stripe.payments(env, new Date(at))).succeeded };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { payments: null };
  }
}

/** A restore whose children cannot be read is not planned: unknown is not none (E-48). */
async function readRestore(wired: Wired, findPoint: () => Promise<FoundPoint>): Promise<RestoreStanding> {
  const { services, env } = wired;
  const { neon, postgres } = services;
  const found = await findPoint();
  const { point } = found;
  const [written, now, moves, payments] = await Promise.all([
    postgres.writtenSince(env, point),
    postgres.restorePoint(env),
    neon.children(env),
    countPayments(wired, point.at),
  ]);
  return { ...found, loss: sumLoss(written, point.at, now.at), moves, ...payments };
}
