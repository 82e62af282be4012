import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Version } from '../../domain/version.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { RestorePoint } from '../../services/postgres/port.ts';
import type { FoundPoint } from '../facts/found-point.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';
import { readRestorePoint } from './read-restore-point.ts';
import { recallFromSlack } from './recall-from-slack.ts';

const noPoint = (to: Version, backups: readonly string[]): ReleaseError =>
  new ReleaseError('E_NO_RESTORE_POINT', {
    what: `No restore point is known from which ${to} was left.`,
    why: 'Neither the ledger, nor the tag of a later release, nor its messages in Slack name one.',
    next:
      backups.length > 0
        ? `Use rollback scripts (--db down), or restore by hand in the Neon console from a backup: ${backups.join(', ')}.`
        : 'Use rollback scripts (--db down), or restore by hand in the Neon console.',
    state: 'untouched',
  });

function asPoint(fact: JsonObject | undefined): RestorePoint | undefined {
  const { at, lsn, xid } = fact ?? {};
  const isWhole = typeof at === 'string' && typeof lsn === 'string' && typeof xid === 'string';
  return isWhole ? { at, lsn, xid } : undefined;
}

const notNoted = ({ run, plan }: RunState, to: Version): ReleaseError =>
  new ReleaseError('E_NO_RESTORE_POINT', {
    what: `No restore point is known from which ${to} was left.`,
    why: `Run ${run} (${plan.command} ${plan.version}) left it last and noted none; an older one would lose more than is said.`,
    next: 'Use rollback scripts (--db down), or restore by hand in the Neon console.',
    state: 'untouched',
  });

/**
 * The last deploy that left `to`: going back over several releases must not stop at the newest of them. A deploy that
 * the ledger knows speaks for itself: the point of an earlier one, which the tags may still name, is another moment.
 */
async function fromLedger(wired: Wired, to: Version): Promise<FoundPoint | undefined> {
  const runs = foldRuns(await wired.ledger.read(wired.scope));
  const leaving = runs.findLast((run) => run.plan.command === 'deploy' && run.plan.from === to);
  if (leaving === undefined) return undefined;
  const point = asPoint(leaving.facts['restore-point']);
  if (point === undefined) throw notNoted(leaving, to);
  return { point, source: `ledger, run ${leaving.run}`, isFromLedger: true };
}

/** The trailers of the release that followed: they need no ledger (reliability 5.7). */
async function fromTag({ services: { git } }: Wired, to: Version): Promise<FoundPoint | undefined> {
  for (const version of await listReleased(git)) {
    const tag = await git.tag(version);
    if (tag?.trailers['Previous-Version'] !== to) continue;
    const point = readRestorePoint(tag.trailers['Restore-Point'] ?? '');
    if (point !== undefined) return { point, source: `tag ${version}`, isFromLedger: false };
  }
  return undefined;
}

async function fromSlack(wired: Wired, to: Version): Promise<FoundPoint | undefined> {
  const found = await recallFromSlack(wired, to);
  if (found === undefined) return undefined;
  return {
    point: found.point,
    source: `Slack #${found.channel}, run ${found.run}`,
    isFromLedger: false,
  };
}

/** How a deploy names its backups: the last thing to go by, and only for a person's hands. */
async function listBackups({ services, configured, env }: Wired): Promise<readonly string[]> {
  if (!configured.has('neon')) return [];
  try {
    return (await services.neon.branchesNamed(env, 'pre-v')).map(
      ({ name, createdAt }) => `${name} (${createdAt})`,
    );
  } catch (error) {
    if (isReleaseError(error)) return [];
    throw error;
  }
}

/**
 * Where the database can go back to, so that `to` finds what it left: by the ledger, else the tag of the release that
 * left it, else the messages of that release. Throws E_NO_RESTORE_POINT with the backups that there are.
 */
export async function findRestorePoint(wired: Wired, to: Version): Promise<FoundPoint> {
  const found = (await fromLedger(wired, to)) ?? (await fromTag(wired, to)) ?? (await fromSlack(wired, to));
  if (found === undefined) throw noPoint(to, await listBackups(wired));
  return found;
}
