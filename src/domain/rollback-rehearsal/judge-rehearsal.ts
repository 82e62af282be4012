import { hours, sayDuration } from '../duration.ts';
import type { RollbackRehearsal } from './rollback-rehearsal.ts';

/** A recorded rehearsal, and what it is held against. */
export interface RehearsalQuestion {
  readonly from: string;
  readonly to: string;
  /** Commit of what would be left. */
  readonly commit: string;
  readonly configDigest: string;
  readonly now: Date;
  readonly found?: {
    readonly record: RollbackRehearsal;
    readonly at: string;
    readonly runSince?: string;
  };
}

export type RehearsalAnswer =
  | { readonly is: 'proven'; readonly said: string }
  /** Tried on just this, and it went wrong. */
  | { readonly is: 'refuted'; readonly said: string }
  /** Nobody knows: never rehearsed, too old, of something else, or without an answer. */
  | { readonly is: 'open'; readonly said: string };

/** From the day before the release to its end. */
const LONGEST_MS = hours(48);

const WAYS = { none: 'database as it is', down: 'rollback scripts', restore: 'restore' } as const;

const sayTime = ({ estimateMs, limitMs }: RollbackRehearsal): string => {
  const limit = limitMs === undefined ? '' : ` of ${sayDuration(limitMs)}`;
  return `it would take about ${sayDuration(estimateMs)}${limit}`;
};

/** Why a rehearsal says nothing about this release any more; undefined when it does. */
function whyStale(
  { record, runSince }: NonNullable<RehearsalQuestion['found']>,
  { commit, configDigest }: RehearsalQuestion,
  ageMs: number,
): string | undefined {
  if (record.commit !== commit) return `of another commit, ${record.commit.slice(0, 7)}`;
  if (record.configDigest !== configDigest) return 'with another configuration';
  if (runSince !== undefined) return `before ${runSince} changed the environment`;
  return ageMs > LONGEST_MS ? `longer ago than ${sayDuration(LONGEST_MS)}` : undefined;
}

/** What a recorded rehearsal says about the way back from a release (PRE-32): unknown is never proven. */
export function judgeRehearsal(question: RehearsalQuestion): RehearsalAnswer {
  const { from, to, found, now } = question;
  const way = `rollback from ${from} to ${to}`;
  if (found === undefined) return { is: 'open', said: `${way} was never rehearsed` };
  const { record, at } = found;
  const tried = `${way} (${WAYS[record.data]})`;
  const ageMs = Math.max(0, now.getTime() - Date.parse(at));
  const ago = `${sayDuration(ageMs)} ago`;
  const stale = whyStale(found, question, ageMs);
  if (stale !== undefined) return { is: 'open', said: `${tried} was last rehearsed ${ago}, ${stale}` };
  if (record.outcome === 'proven')
    return { is: 'proven', said: `${tried} proven ${ago}; ${sayTime(record)}` };
  return record.outcome === 'not-proven'
    ? { is: 'refuted', said: `${tried} went wrong in its rehearsal ${ago}: ${record.because}` }
    : { is: 'open', said: `${tried} was rehearsed ${ago} without an answer: ${record.because}` };
}
