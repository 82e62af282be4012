import type { JsonObject } from '../domain/json.ts';
import type { PlanEntry, PlannedStep } from '../domain/plan.ts';
import type { EntryState, RunState } from '../ledger/fold.ts';
import type { Halt } from './beside.ts';
import { findStale } from './find-stale.ts';
import { findUnproven, isHeavy, type Known, restsOnRecord } from './find-unproven.ts';
import { haltBy, type LookedBack, listAsked, lookBack, type Returning } from './look-back.ts';
import { clearDoubt } from './run-step.ts';
import type { EntryEnd } from './run-tools.ts';

type States = RunState['entries'];
type InDoubt = Extract<EntryState, { state: 'intent' }>;

/** Where a run goes on: by the record, as far as the world shows it. */
export interface Back {
  readonly states: States;
  /** To be run once more. */
  readonly stale: ReadonlySet<string>;
  readonly facts: Readonly<Record<string, JsonObject>>;
  /** To be asked about beside the rest. */
  readonly later: readonly PlannedStep[];
  /** The effect in doubt that turned out to be there. */
  readonly found?: string;
  readonly halt?: Halt;
}

/** What the record alone says; nothing was asked. */
const BY_RECORD: LookedBack = { standing: new Set(), fallen: new Set(), facts: {}, later: [] };

const without = (states: States, names: ReadonlySet<string>): States =>
  Object.fromEntries(Object.entries(states).filter(([name]) => !names.has(name)));

function knownOf({ tools }: Returning, standing: ReadonlySet<string>, until: string | undefined): Known {
  const isNote = (entry: PlanEntry): boolean =>
    entry.kind === 'step' && tools.steps.get(entry.step)?.notes === true;
  return { standing, isNote, until };
}

/** What would run once more when the world showed all that is recorded; for who wants to see how far a run is. */
export function staleByRecord(returning: Returning, until: string | undefined): ReadonlySet<string> {
  const { plan, before } = returning;
  const standing = new Set(listAsked(returning).map(({ entry }) => entry.name));
  const unproven = findUnproven(plan, before.entries, knownOf(returning, standing, until));
  return findStale(plan, before.entries, until, unproven);
}

/** The effect of which nobody knows whether it happened. */
const findDoubt = ({ plan }: Returning, states: States): PlannedStep | undefined =>
  plan.entries.find(
    (entry): entry is PlannedStep => isHeavy(entry) && states[entry.name]?.state === 'intent',
  );

async function clear(returning: Returning, entry: PlannedStep, state: EntryState) {
  const running = { ...returning, entry, facts: returning.before.facts };
  try {
    return await clearDoubt(running, state);
  } catch (error) {
    return haltBy(error, entry, returning.tools);
  }
}

/** An effect that was in doubt, as the record has it once the world has shown it. */
const asFound = (done: JsonObject, { firstAt }: InDoubt, seenAt: Date): EntryState => ({
  ...{ state: 'done', how: 'inspected', done, tookMs: 0 },
  ...{ startedAt: firstAt, at: seenAt.toISOString() },
});

/** What is asked once more must not be asked of a world that the effect in doubt may have changed: that is cleared up first. */
async function clearFirst(returning: Returning, looked: LookedBack, states: States, until?: string) {
  const entry = findDoubt(returning, states);
  if (entry === undefined) return { looked, states };
  const unbegun = without(states, new Set([entry.name]));
  const known = knownOf(returning, looked.standing, until);
  if (findUnproven(returning.plan, unbegun, known).length === 0) return { looked, states };
  const doubt = states[entry.name] as InDoubt;
  const end = await clear(returning, entry, doubt);
  if (end === undefined) return { looked, states, unbegun };
  if ('entry' in end) return { looked: { ...looked, halt: end }, states };
  if (end.end !== 'done') return { looked: { ...looked, halt: haltAt(entry, end) }, states };
  const facts = { ...looked.facts, [entry.name]: end.done };
  const standing = new Set([...looked.standing, entry.name]);
  const found = entry.name;
  const done = asFound(end.done, doubt, returning.tools.clock.now());
  return { looked: { ...looked, facts, standing }, states: { ...states, [found]: done }, found };
}

const haltAt = (entry: PlanEntry, end: EntryEnd): Halt | undefined =>
  end.end === 'done' || end.end === 'warned' ? undefined : { entry, end };

/** Looks back, and says where the run goes on. Nothing is changed, but that a doubt may be cleared up in the record. */
export async function comeBack(returning: Returning, until: string | undefined): Promise<Back> {
  const { plan, before } = returning;
  const rests = restsOnRecord(plan, before.entries, until);
  const seen = rests ? await lookBack(returning) : BY_RECORD;
  if (seen.halt !== undefined) return { ...seen, states: before.entries, stale: new Set() };
  const open = without(before.entries, seen.fallen);
  const { looked, states, unbegun, found } = await clearFirst(returning, seen, open, until);
  const unproven = findUnproven(plan, unbegun ?? states, knownOf(returning, looked.standing, until));
  const stale = findStale(plan, states, until, unproven);
  const { facts, later, halt } = looked;
  return {
    ...{ states, stale, facts, later },
    ...(found === undefined ? {} : { found }),
    ...(halt === undefined ? {} : { halt }),
  };
}
