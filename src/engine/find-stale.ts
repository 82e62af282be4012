import { isBeside } from '../domain/is-beside.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import { isOver } from '../ledger/find-next-entry.ts';
import type { RunState } from '../ledger/fold.ts';

/** The entries from the one that a failed proof names up to the proof; none when it names nothing. */
function findRedone({ entries }: Plan, next: number, states: RunState['entries']): readonly string[] {
  const entry = entries[next];
  if (entry?.kind !== 'step' || entry.redoes === undefined) return [];
  if (states[entry.name]?.state !== 'failed') return [];
  const from = entries.findIndex(({ name }) => name === entry.redoes);
  return from < 0 ? [] : entries.slice(from, next).map(({ name }) => name);
}

/**
 * What is proven of a door that is still closed: the proof may be hours old when a run comes back. Only what changes
 * nothing, or may be repeated, is asked again. A run that stands still before the door has time for it.
 */
function findOldProof({ entries }: Plan, next: number, until: string | undefined): readonly string[] {
  const last = until === undefined ? entries.length : entries.findIndex(({ name }) => name === until) + 1;
  const door = entries
    .slice(next, last)
    .find((entry) => entry.kind === 'step' && entry.provenBy !== undefined);
  if (door?.kind !== 'step') return [];
  const from = entries.findIndex(({ name }) => name === door.provenBy);
  if (from < 0) return [];
  return entries
    .slice(from, Math.max(from, next))
    .flatMap((entry) => (mayAskAgain(entry) ? [entry.name] : []));
}

/** True of what changes nothing or may be repeated: a gate, and a step of these classes. */
export const mayAskAgain = (entry: PlanEntry): boolean =>
  entry.kind === 'gate' ||
  (entry.kind === 'step' && (entry.effect === 'read' || entry.effect === 'repeatable'));

/** Sign-offs that must be there: a person may have taken theirs back while the run stood still (F72). */
const findSigned = ({ entries }: Plan, states: RunState['entries']): readonly string[] =>
  entries
    .filter((entry) => entry.kind === 'sign-off' && entry.required && isOver(states[entry.name]))
    .map(({ name }) => name);

/** What a gate that had said no is asked about, as far back as entries change nothing or may be repeated. */
function findJudged(
  plan: Plan,
  next: number,
  states: RunState['entries'],
  until?: string,
): readonly string[] {
  const gate = plan.entries[next];
  if (gate?.kind !== 'gate') return [];
  if (until !== undefined && states[gate.name]?.state !== 'failed') return [];
  const before = plan.entries.slice(0, next);
  const last = before.findLastIndex((entry) => entry.kind !== 'step' || !mayAskAgain(entry));
  return before.slice(last + 1).map(({ name }) => name);
}

/**
 * What was done behind a step that is about to run once more: it was done on top of the earlier time, and the new one may
 * take it back (background jobs that are paused anew were resumed before). A sign-off changes nothing that could be.
 */
function findUndercut(
  { entries }: Plan,
  states: RunState['entries'],
  stale: ReadonlySet<string>,
): readonly string[] {
  const reached = entries.findLastIndex(({ name }) => isOver(states[name]));
  const runs = (entry: PlanEntry): boolean =>
    entry.kind === 'step' && !isBeside(entry) && (stale.has(entry.name) || !isOver(states[entry.name]));
  const first = entries.slice(0, reached + 1).findIndex(runs);
  if (first < 0) return [];
  return entries.slice(first, reached + 1).flatMap((entry) => (mayAskAgain(entry) ? [entry.name] : []));
}

/**
 * Entries to run once more on resume: sign-offs that must still stand; what a gate judged that had said no; what a failed
 * proof names; what a closed door rests on; and whatever was done on top of any of them and may be repeated.
 * `until` is the entry behind which the run stands still: it is driven one step at a time, so that a gate which was not
 * asked yet does not mean that the run was interrupted before it. `unproven`: what the record alone says (find-unproven.ts).
 */
export function findStale(
  plan: Plan,
  entries: RunState['entries'],
  until?: string,
  unproven: readonly string[] = [],
): ReadonlySet<string> {
  // What goes beside a run may end long after it: it is not where the run stands, and nothing rests on it.
  const next = plan.entries.findIndex((entry) => !isBeside(entry) && !isOver(entries[entry.name]));
  const stale = new Set<string>([
    ...findSigned(plan, entries),
    ...findRedone(plan, next, entries),
    ...findOldProof(plan, Math.max(next, 0), until),
    ...findJudged(plan, next, entries, until),
    ...unproven,
  ]);
  // What is in doubt runs anyway, as another try of itself.
  const again = [...stale, ...findUndercut(plan, entries, stale)];
  return new Set(again.filter((name) => isOver(entries[name])));
}
