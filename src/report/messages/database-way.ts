import type { JsonObject } from '../../domain/json.ts';
import { type Loss, sayLoss } from '../../domain/loss.ts';
import type { Moment } from '../../domain/moment.ts';
import { factOf, inputOf, stepsOf } from './story.ts';

/** How the database goes back, read from the plan: there is no other source for these sentences (E-84, E-86, E-87). */
export type DatabaseWay =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'scripts'; readonly tags: readonly string[]; readonly done: readonly string[] }
  | RestoredWay;

interface RestoredWay {
  readonly kind: 'restored';
  readonly lsn: string;
  readonly keptAs: string;
  readonly done: boolean;
  /** As the run counted it right before the restore; missing when no step recorded it. */
  readonly loss?: Loss;
}

function findLoss(moment: Moment): Loss | undefined {
  const { minutes, rows, tables } = factOf(moment, 'postgres.count-loss') ?? {};
  const isWhole = typeof minutes === 'number' && typeof rows === 'number' && typeof tables === 'number';
  return isWhole ? { minutes, rows, tables } : undefined;
}

export function findDatabaseWay(moment: Moment): DatabaseWay {
  const [restore] = stepsOf(moment, 'neon.restore');
  const isDone = (name: string): boolean => moment.facts[name] !== undefined;
  if (restore !== undefined) {
    const { lsn, keepAs } = inputOf(restore) as { lsn?: string; keepAs?: string } & JsonObject;
    const loss = findLoss(moment);
    const way = { lsn: String(lsn), keptAs: String(keepAs), done: isDone(restore.name) };
    return { kind: 'restored', ...way, ...(loss ? { loss } : {}) };
  }
  const reverts = stepsOf(moment, 'postgres.revert');
  if (reverts.length === 0) return { kind: 'unchanged' };
  const tagOf = (entry: (typeof reverts)[number]): string => String(inputOf(entry).tag);
  const done = reverts.filter((entry) => isDone(entry.name)).map(tagOf);
  return { kind: 'scripts', tags: reverts.map(tagOf), done };
}

/** The risk before the rollback: None, Low or High, with its reason (COM-05d). */
export function sayDataRisk(way: DatabaseWay): string {
  if (way.kind === 'unchanged') return 'None: the database is not changed';
  if (way.kind === 'scripts') return `Low: ${way.tags.join(', ')} taken back by rollback scripts`;
  return `High: what was written after ${way.lsn} leaves the database and is kept as ${way.keptAs}`;
}

/** What happened to the database; never a success that was not recorded. */
export function sayDatabaseState(way: DatabaseWay): string {
  if (way.kind === 'unchanged') return 'unchanged by this rollback';
  if (way.kind === 'restored')
    return way.done ? `restored to ${way.lsn}` : `restore to ${way.lsn} is not recorded as done`;
  const open = way.tags.filter((tag) => !way.done.includes(tag));
  const back = way.done.length > 0 ? `taken back by rollback scripts: ${way.done.join(', ')}` : '';
  return [back, open.length > 0 ? `not recorded as done: ${open.join(', ')}` : ''].filter(Boolean).join('; ');
}

/** Numbers come from the record of the run alone; rows that were deleted since the point cannot be counted (E-86). */
function sayRestoreLoss({ lsn, keptAs, done, loss }: RestoredWay): string {
  if (!done) return `Not known: the restore to ${lsn} is not recorded as done`;
  const counted = loss ? `counted right before, ${sayLoss(loss)}` : 'how much was not counted';
  return `What was written after ${lsn} is no longer in the database; it is kept as ${keptAs} (${counted})`;
}

/** What data is gone; chosen by what was done, never fixed (E-86). */
export function sayDataLoss(way: DatabaseWay): string {
  if (way.kind === 'unchanged') return 'None by this rollback: the database was not changed';
  if (way.kind === 'scripts') return `Not counted: what only ${way.tags.join(', ')} could hold went with it`;
  return sayRestoreLoss(way);
}
