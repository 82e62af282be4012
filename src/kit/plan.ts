import type { Gate } from '../domain/finding.ts';
import type { Json } from '../domain/json.ts';
import type { Plan, PlanEntry, PlannedGate, PlannedSignOff, PlannedWatch } from '../domain/plan.ts';
import { digestOf } from '../ledger/digest.ts';

/** A point at which the checks of a gate must say go. */
export const gate = (name: Gate, title: string, entry = `gate.${name}`): PlannedGate => ({
  kind: 'gate',
  name: entry,
  title,
  gate: name,
  stop: 'safe',
});

/** A decision point of the runbook. */
export const signOff = (
  point: 1 | 2 | 3 | 4,
  title: string,
  roles: readonly string[],
  required: boolean,
): PlannedSignOff => ({
  kind: 'sign-off',
  name: `decision-${point}`,
  title,
  point,
  roles,
  required,
  stop: 'safe',
});

/** Watching the release for so many minutes. */
export const watch = (input: { readonly minutes: number }): PlannedWatch => ({
  kind: 'watch',
  name: 'watch',
  title: `Watch for ${input.minutes} minutes`,
  minutes: input.minutes,
  stop: 'safe',
});

/** A plan with its digest; refuses two entries of one name, because resume finds entries by name. */
export function makePlan(head: Omit<Plan, 'entries' | 'digest'>, entries: readonly PlanEntry[]): Plan {
  const twice = entries.map((e) => e.name).find((name, i, all) => all.indexOf(name) !== i);
  if (twice !== undefined) throw new TypeError(`two entries of this plan are named ${twice}`);
  const body = { ...head, entries };
  return { ...body, digest: digestOf(body as unknown as Json) };
}
