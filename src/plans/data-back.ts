import type { PlanEntry } from '../domain/plan.ts';
import { restore } from '../steps/neon/restore.ts';
import { seeEndpoint } from '../steps/neon/see-endpoint.ts';
import { countLoss } from '../steps/postgres/count-loss.ts';
import { raiseSequences } from '../steps/postgres/raise-sequences.ts';
import { revert } from '../steps/postgres/revert.ts';

interface RestoreWay {
  readonly kind: 'restore';
  /** The restore point: moment, position of the log, and what had been committed then. */
  readonly at: string;
  readonly lsn: string;
  readonly xid: string;
  readonly keepAs: string;
  /** Minutes of data that somebody agreed to lose. */
  readonly agreedMinutes: number;
}

/** How the database goes back: not at all, by rollback scripts, or to a position of its log. */
export type DataWay =
  | { readonly kind: 'none' }
  | { readonly kind: 'down'; readonly commit: string; readonly tags: readonly string[] }
  | RestoreWay;

/** Never a reason to stop: whether an address has to be changed is told at the end (E-46). */
const lookAt = (env: string, name: string, since: string): PlanEntry =>
  seeEndpoint.with({ env, since }, { name, usualMs: 2_000, onFailure: 'warn' });

/**
 * Counted right before, behind maintenance that the old code has confirmed: nothing may be lost that nobody counted. A
 * run that comes back hours later proves the old code anew and counts anew before it restores.
 */
function restoreTo(way: RestoreWay, env: string, isProven: boolean): PlanEntry[] {
  const { at, lsn, xid, keepAs, agreedMinutes } = way;
  const counted = { env, at, lsn, xid, agreedMinutes, keepAs };
  const place = { name: 'restore-database', usualMs: 180_000 };
  return [
    lookAt(env, 'endpoint-before', ''),
    countLoss.with(counted, { name: 'count-loss', usualMs: 10_000 }),
    restore.with({ env, lsn, keepAs }, { ...place, provenBy: isProven ? 'prove-live' : 'count-loss' }),
    // A collision is found and told later; users who stay locked out because of it are not helped.
    raiseSequences.with(
      { env, keptAs: keepAs },
      { name: 'raise-sequences', usualMs: 15_000, onFailure: 'warn' },
    ),
    lookAt(env, 'endpoint-after', 'endpoint-before'),
  ];
}

/**
 * Entries that take the data back; `isProven` when a host proves the code. Newest first, and only after the old code is
 * proven to run alone: the old code can live with the newer schema, the new code not without it, and a publish that was
 * accepted is not live yet.
 */
export function dataBack(data: DataWay, env: string, isProven: boolean): PlanEntry[] {
  if (data.kind === 'none') return [];
  if (data.kind === 'restore') return restoreTo(data, env, isProven);
  const newestFirst = [...data.tags].reverse();
  return newestFirst.map((tag) =>
    revert.with({ env, commit: data.commit, tag }, { name: `revert:${tag}`, usualMs: 40_000 }),
  );
}
