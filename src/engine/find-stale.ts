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

const mayAskAgain = (entry: PlanEntry): boolean =>
  entry.kind === 'gate' ||
  (entry.kind === 'step' && (entry.effect === 'read' || entry.effect === 'repeatable'));

/** Sign-offs that must be there: a person may have taken theirs back while the run stood still (F72). */
const findSigned = ({ entries }: Plan, states: RunState['entries']): readonly string[] =>
  entries
    .filter((entry) => entry.kind === 'sign-off' && entry.required && isOver(states[entry.name]))
    .map(({ name }) => name);

/**
 * Entries to run once more on resume: sign-offs that must still stand; when a gate had said no, what it judged is asked again, as far back as entries
 * change nothing or may be repeated; when a proof had failed, what it names is done again first; what a closed door rests on is proven anew.
 * `until` is the entry behind which the run stands still: it is driven one step at a time, so that a gate which was not asked yet does not
 * mean that the run was interrupted before it.
 */
export function findStale(plan: Plan, entries: RunState['entries'], until?: string): ReadonlySet<string> {
  const next = plan.entries.findIndex((entry) => !isOver(entries[entry.name]));
  const stale = new Set<string>([
    ...findSigned(plan, entries),
    ...findRedone(plan, next, entries),
    ...findOldProof(plan, Math.max(next, 0), until),
  ]);
  const gate = plan.entries[next];
  if (gate?.kind !== 'gate') return stale;
  if (until !== undefined && entries[gate.name]?.state !== 'failed') return stale;
  for (let i = next - 1; i >= 0; i -= 1) {
    const entry = plan.entries[i];
    if (entry?.kind !== 'step' || (entry.effect !== 'read' && entry.effect !== 'repeatable')) break;
    stale.add(entry.name);
  }
  return stale;
}
