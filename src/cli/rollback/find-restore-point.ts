import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Version } from '../../domain/version.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { RestorePoint } from '../../services/postgres/port.ts';
import { listReleased } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

interface Found {
  readonly point: RestorePoint;
  /** Where it was read, so that the person who agrees knows. */
  readonly source: string;
}

const noPoint = (to: Version): ReleaseError =>
  new ReleaseError('E_NO_RESTORE_POINT', {
    what: `No restore point is known from which ${to} was left.`,
    why: 'Neither the ledger nor the tag of a later release names one.',
    next: 'Use rollback scripts (--db down), or restore by hand in the Neon console.',
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
async function fromLedger(wired: Wired, to: Version): Promise<Found | undefined> {
  const runs = foldRuns(await wired.ledger.read(wired.scope));
  const leaving = runs.findLast((run) => run.plan.command === 'deploy' && run.plan.from === to);
  if (leaving === undefined) return undefined;
  const point = asPoint(leaving.facts['restore-point']);
  if (point === undefined) throw notNoted(leaving, to);
  return { point, source: `ledger, run ${leaving.run}` };
}

/** The trailers of the release that followed: they need no ledger (reliability 5.7). */
async function fromTag({ services: { git } }: Wired, to: Version): Promise<Found | undefined> {
  for (const version of await listReleased(git)) {
    const tag = await git.tag(version);
    if (tag?.trailers['Previous-Version'] !== to) continue;
    const [lsn, at, xid] = (tag.trailers['Restore-Point'] ?? '').split(' ');
    const point = asPoint({ lsn: lsn ?? null, at: at ?? null, xid: xid ?? null });
    if (point !== undefined) return { point, source: `tag ${version}` };
  }
  return undefined;
}

/** Where the database can go back to, so that `to` finds what it left; ledger first, then the tag. E_NO_RESTORE_POINT. */
export async function findRestorePoint(wired: Wired, to: Version): Promise<Found> {
  const found = (await fromLedger(wired, to)) ?? (await fromTag(wired, to));
  if (found === undefined) throw noPoint(to);
  return found;
}
