import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Version } from '../../domain/version.ts';
import { readMigrations } from '../../kit.ts';
import { findServed } from '../../ledger/find-served.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { DataWay } from '../../plans/data-back.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';
import type { CommitLine, TagFacts } from '../../services/git/port.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { MigrationFile } from '../../services/postgres/port.ts';
import { nameLive } from '../candidate/name-live.ts';
import { readTrialCode } from '../candidate/read-trial-code.ts';
import type { Wired } from '../wired.ts';
import { type AskedAhead, askAhead } from './ask-ahead.ts';
import { findLaterCommits, holdsNothingNewer, sayCommit } from './find-later-commits.ts';
import { findNewer } from './find-newer.ts';
import { findSchemaFile } from './find-schema-file.ts';
import type { FoundPoint } from './found-point.ts';
import { type RestoreStanding, readRestore } from './read-restore.ts';
import { whyNoTag } from './why-no-tag.ts';

export interface RollbackRequest {
  readonly to: Version;
  readonly db: 'auto' | 'none' | 'down' | 'restore';
  readonly reason: string;
  readonly severity: string;
  readonly run: string;
}

export interface RollbackStanding {
  readonly facts: RollbackFacts;
  /** Commits that came to main since its last release and are in no version, newest first. */
  readonly later: readonly CommitLine[];
  /** Released versions between the one that is left and the one that comes back, and not known to be bad, newest first. */
  readonly passedOver?: readonly Version[];
  /** The application does not say what it is: `from` is what the ledger knows, empty when it does not either. */
  readonly isLeftByRecord?: true;
  /** The version that is left was released elsewhere, and its migrations are not known on this machine. */
  readonly isLeftUnknown?: true;
  readonly restore?: RestoreStanding;
  /** Where the schema of that version lies as text (MIG-08). */
  readonly schemaFile?: string;
}

const noWayDown = (to: Version, bare: readonly MigrationFile[]): ReleaseError =>
  new ReleaseError('E_NO_WAY_DOWN', {
    what: `${bare.map((file) => file.tag).join(', ')} has no rollback script, so the schema of ${to} cannot be reached by scripts.`,
    next: 'Keep the newer schema with --db none, or give up data with --db restore --accept-data-loss.',
    state: 'untouched',
  });

/** Migrations that the database has and the wanted version does not know, in order. */
async function readExtra(
  { runbook, services: { git } }: Wired,
  to: TagFacts,
  now: string,
  asked: AskedAhead['applied'],
): Promise<readonly MigrationFile[]> {
  const settings = runbook.migrations;
  if (settings === undefined || asked === undefined) return [];
  const [older, newer, applied] = await Promise.all([
    readMigrations(git, to.commit, settings),
    readMigrations(git, now, settings),
    asked,
  ]);
  // By name as well: a file that was edited later is still the older version's own.
  const keep = new Set(older.flatMap((file) => [file.hash, file.tag]));
  const there = new Set(applied.flatMap((one) => [one.hash, one.name]));
  const isKept = (file: MigrationFile): boolean => keep.has(file.hash) || keep.has(file.tag);
  return newer.filter((file) => !isKept(file) && (there.has(file.hash) || there.has(file.tag)));
}

function chooseDown(request: RollbackRequest, extra: readonly MigrationFile[], commit: string): DataWay {
  if (extra.length === 0 || request.db === 'none') return { kind: 'none' };
  const bare = extra.filter((file) => file.rollbackSql === undefined);
  if (bare.length > 0) throw noWayDown(request.to, bare);
  return { kind: 'down', commit, tags: extra.map((file) => file.tag) };
}

/** The version that is left. Whoever goes back because nothing answers leaves what the ledger has seen going out. */
async function readLeft(
  live: LiveVersion | undefined,
  { trial }: Pick<RollbackFacts, 'trial'>,
  wired: Wired,
): Promise<string> {
  if (live === undefined) return findServed(foldRuns(await wired.ledger.read(wired.scope)));
  return trial ? nameLive(live, wired) : `v${live.version}`;
}

interface CodeStanding
  extends Pick<RollbackFacts, 'main' | 'treeIsThere' | 'isCodeAway' | 'commit' | 'covers' | 'trial'> {
  readonly tag: TagFacts;
  readonly later: readonly CommitLine[];
}

/**
 * A platform that follows the branch has to see it move. Elsewhere a main that never got what is left is not touched:
 * what waits there for its own release is nobody's to take away.
 */
async function mayStay(wired: Wired, main: string, tag: TagFacts): Promise<boolean> {
  const { services, environment, codeAway } = wired;
  const { strategy = 'push' } = environment.host ?? {};
  if (codeAway || strategy === 'push') return false;
  return holdsNothingNewer(services.git, main, tag);
}

async function readCode(wired: Wired, to: Version): Promise<CodeStanding> {
  if (carriesCandidates(wired.runbook, wired.env)) return readTrialCode(wired, to);
  const { git } = wired.services;
  const [tag, main] = await Promise.all([git.tag(to), git.branchTip(wired.runbook.source.main)]);
  if (tag === undefined || main === undefined) throw await whyNoTag(wired, to);
  const isCodeAway = wired.codeAway !== undefined;
  if (await git.sameTree(main, tag.commit))
    // What no remote can be asked about, the host has built before: the commit of the tag.
    return {
      tag,
      main,
      treeIsThere: true,
      isCodeAway,
      commit: isCodeAway ? tag.commit : main,
      covers: [],
      later: [],
    };
  const [later, stays] = await Promise.all([findLaterCommits(git, main), mayStay(wired, main, tag)]);
  const covers = stays ? [] : later.map(sayCommit);
  return { tag, main, treeIsThere: stays, isCodeAway, commit: tag.commit, covers, later };
}

/**
 * Reads what a rollback would start from and chooses the way of code and data (E-84, E-88). `asked` may have left before
 * the code was known.
 */
export async function readRollback(
  wired: Wired,
  request: RollbackRequest,
  findPoint: () => Promise<FoundPoint>,
  asked: AskedAhead = askAhead(wired, request.db !== 'none'),
): Promise<RollbackStanding> {
  const { tag, later, ...code } = await readCode(wired, request.to);
  const live = await asked.live;
  const { git } = wired.services;
  const newer = await findNewer(wired, live, code);
  const restore = request.db === 'restore' ? await readRestore(wired, findPoint) : undefined;
  const data: DataWay = restore
    ? {
        kind: 'restore',
        ...restore.point,
        agreedMinutes: restore.loss.minutes,
        keepAs: `pre-rollback-${request.to}-${request.run.slice(-4)}`,
      }
    : chooseDown(request, await readExtra(wired, tag, newer, asked.applied), newer);
  const { to, reason, severity, run } = request;
  const [applied, webhooks] = await Promise.all([asked.applied, asked.webhooks]);
  const at = wired.clock.now().toISOString();
  const facts = {
    from: await readLeft(live, code, wired),
    to,
    ...code,
    data,
    webhooks,
    readsData: request.db !== 'none',
    ...(applied === undefined ? {} : { applied: applied.length }),
    at,
    reason,
    severity,
    configDigest: wired.digest,
    run,
  };
  const [schemaFile, isKnown] = await Promise.all([
    findSchemaFile(wired, to),
    wired.codeAway === undefined || live === undefined || git.tag(`v${live.version}` as Version),
  ]);
  const more = { ...(restore ? { restore } : {}), ...(schemaFile ? { schemaFile } : {}) };
  const left = {
    ...(isKnown ? {} : { isLeftUnknown: true as const }),
    ...(live ? {} : { isLeftByRecord: true as const }),
  };
  return { facts, later, ...more, ...left };
}
