import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { PlanEntry, PlannedStep } from '../../domain/plan.ts';

const isStep = (entry: PlanEntry): entry is PlannedStep => entry.kind === 'step';
const inputOf = (entry: PlannedStep): JsonObject => (entry.input ?? {}) as JsonObject;

/** Entries before and after the one that announces. */
export function splitPlan({ plan, step }: Moment): {
  readonly before: readonly PlanEntry[];
  readonly after: readonly PlanEntry[];
} {
  const index = plan.entries.findIndex((entry) => entry.name === step);
  if (index < 0) return { before: plan.entries, after: [] };
  return { before: plan.entries.slice(0, index), after: plan.entries.slice(index + 1) };
}

/** Steps of these definitions, in plan order. */
export const stepsOf = ({ plan }: Moment, ...ids: readonly string[]): readonly PlannedStep[] =>
  plan.entries.filter(isStep).filter((entry) => ids.includes(entry.step));

/** What the last done step of this definition left behind. */
export const factOf = (moment: Moment, ...ids: readonly string[]): JsonObject | undefined =>
  stepsOf(moment, ...ids)
    .map((entry) => moment.facts[entry.name])
    .findLast((fact) => fact !== undefined);

const MESSAGES: readonly string[] = ['slack.announce', 'statuspage.tell'];

/** What only tells people: production is the same without it. */
export const isMessage = (entry: PlanEntry): boolean => isStep(entry) && MESSAGES.includes(entry.step);

/** A decision that nobody has taken was passed, not done. */
const isOpenDecision = (entry: PlanEntry, fact: JsonObject | undefined): boolean =>
  entry.kind === 'sign-off' && Array.isArray(fact?.missing) && fact.missing.length > 0;

/** Titles of effects that are recorded as done before this message; messages themselves are not worth a line. */
export const sayDone = (moment: Moment): readonly string[] =>
  splitPlan(moment)
    .before.filter((entry) => !isMessage(entry) && moment.facts[entry.name] !== undefined)
    .filter((entry) => !isOpenDecision(entry, moment.facts[entry.name]))
    .map((entry) => entry.title);

/** Titles of steps that should be done by now and are not. */
export const sayMissing = (moment: Moment): readonly string[] =>
  splitPlan(moment)
    .before.filter((entry) => isStep(entry) && !isMessage(entry) && moment.facts[entry.name] === undefined)
    .map((entry) => entry.title);

/** Titles of the next entries. */
export const sayNext = (moment: Moment, most = 3): readonly string[] =>
  splitPlan(moment)
    .after.filter((entry) => !isMessage(entry))
    .slice(0, most)
    .map((entry) => entry.title);

/**
 * How a run ended, for a title: "complete" only when every step is recorded as done, and "proven" only when the
 * running application was asked (E-87, E-99).
 */
export function sayEnding(moment: Moment): 'proven' | 'unproven' | 'incomplete' {
  if (sayMissing(moment).length > 0) return 'incomplete';
  return factOf(moment, 'host.prove-live') === undefined ? 'unproven' : 'proven';
}

/** Sum of the usual durations of steps, in ms; undefined when no step has one. */
export function sumUsual(entries: readonly PlanEntry[]): number | undefined {
  const known = entries.flatMap((entry) => (entry.usualMs === undefined ? [] : [entry.usualMs]));
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0);
}

/** Minutes of watching that this plan itself does; undefined when it does not watch. */
export const watchMinutes = ({ plan }: Moment): number | undefined =>
  plan.entries.flatMap((entry) => (entry.kind === 'watch' ? [entry.minutes] : [])).at(0);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** When this run first told people, or first noted a time; undefined before that. */
export function startedAt(moment: Moment): string | undefined {
  const times = Object.values(moment.facts).flatMap((fact) => text(fact.at) ?? []);
  return times.filter((at) => !Number.isNaN(Date.parse(at))).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

export { inputOf };
