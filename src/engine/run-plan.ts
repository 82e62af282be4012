import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import { type EntryState, foldRuns, type RunState } from '../ledger/fold.ts';
import { type Ending, endBroken, endCompleted, endEarly, endUnknown } from './end-run.ts';
import { findBegun } from './find-begun.ts';
import { type Begun, lookFrom, type Outlook } from './left-to-land.ts';
import { runEntry } from './run-entry.ts';
import type { EntryEnd, RunTools } from './run-tools.ts';
import { refuseUnknownStep } from './unknown-step.ts';

export interface RunResult extends Ending {
  readonly facts: Readonly<Record<string, JsonObject>>;
  readonly tookMs: number;
}

/** One run on its way through its plan. */
interface Walk {
  readonly plan: Plan;
  readonly run: string;
  readonly tools: RunTools;
  readonly outlook: Outlook;
  readonly begun: readonly Begun[];
  readonly before: RunState | undefined;
  readonly stale: ReadonlySet<string>;
  /** Grows as entries end. */
  readonly facts: Record<string, JsonObject>;
}

const isOver = (state: EntryState | undefined): boolean =>
  state?.state === 'done' || state?.state === 'warned';

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
 * nothing, or may be repeated, is asked again.
 */
function findOldProof({ entries }: Plan, next: number): readonly string[] {
  const door = entries.slice(next).find((entry) => entry.kind === 'step' && entry.provenBy !== undefined);
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
 */
export function findStale(plan: Plan, entries: RunState['entries']): ReadonlySet<string> {
  const next = plan.entries.findIndex((entry) => !isOver(entries[entry.name]));
  const stale = new Set<string>([
    ...findSigned(plan, entries),
    ...findRedone(plan, next, entries),
    ...findOldProof(plan, Math.max(next, 0)),
  ]);
  if (plan.entries[next]?.kind !== 'gate') return stale;
  for (let i = next - 1; i >= 0; i -= 1) {
    const entry = plan.entries[i];
    if (entry?.kind !== 'step' || (entry.effect !== 'read' && entry.effect !== 'repeatable')) break;
    stale.add(entry.name);
  }
  return stale;
}

const isDone = ({ before, stale }: Walk, { name }: PlanEntry): boolean =>
  isOver(before?.entries[name]) && !stale.has(name);

const stateOf = ({ before, stale }: Walk, { name }: PlanEntry): EntryState | undefined =>
  stale.has(name) ? undefined : before?.entries[name];

/**
 * Runs a plan from wherever its ledger says it stands to its end, or to the entry that says no. Every effect happens
 * exactly once, however often the process is killed and this is called again. Throws when the run broke: what the
 * ledger says against being written (E_LEDGER_*), or a bug; the run is then paused, if that can still be recorded.
 */
export async function runPlan({
  plan,
  run,
  tools,
}: {
  plan: Plan;
  run: string;
  tools: RunTools;
}): Promise<RunResult> {
  const { clock, emit, ledger, held } = tools;
  const started = clock.monotonic();
  const events = await ledger.read(held.scope);
  const runs = foldRuns(events);
  const before = runs.find((one) => one.run === run);
  const stale = findStale(plan, before?.entries ?? {});
  const outlook = lookFrom(events, held.epoch, clock);
  const begun = findBegun(runs, run, tools);
  const walk = { plan, run, tools, outlook, begun, before, stale, facts: { ...before?.facts } };
  const done = plan.entries.filter((entry) => isDone(walk, entry)).map((entry) => entry.name);
  emit({ type: 'run.started', run, plan, resumed: Object.keys(before?.entries ?? {}).length > 0, done });
  const ending = await walkPlan(walk);
  const tookMs = Math.round(clock.monotonic() - started);
  emit({ type: 'run.ended', run, verdict: ending.verdict, said: ending.said, tookMs });
  return { ...ending, facts: walk.facts, tookMs };
}

/** The first entry ahead that this program cannot carry out: better now than half way. */
function findUnknown(walk: Walk) {
  for (const entry of walk.plan.entries) {
    if (entry.kind !== 'step' || isDone(walk, entry)) continue;
    const error = refuseUnknownStep(entry, walk.tools, walk.before);
    if (error !== undefined) return { entry, error };
  }
  return undefined;
}

async function walkPlan(walk: Walk): Promise<Ending> {
  const { plan, run, tools } = walk;
  const unknown = findUnknown(walk);
  if (unknown !== undefined) return endUnknown(unknown.entry, unknown.error, run, tools);
  for (const [index, entry] of plan.entries.entries()) {
    if (isDone(walk, entry)) {
      tools.emit({ type: 'step.done', name: entry.name, how: 'earlier', tookMs: 0, said: 'already done' });
      continue;
    }
    const end = await takeEntry(walk, entry, index);
    if (end.end !== 'done' && end.end !== 'warned') return endEarly(entry, end, run, tools);
  }
  return endCompleted(
    run,
    tools,
    `${plan.command} ${plan.command === 'rollback' ? 'to' : 'of'} ${plan.version} completed`,
  );
}

async function takeEntry(walk: Walk, entry: PlanEntry, index: number): Promise<EntryEnd> {
  const { tools } = walk;
  if (tools.stop.stopping) return { end: 'stopped', said: `stopped before "${entry.title}"` };
  const usual = entry.usualMs === undefined ? {} : { usualMs: entry.usualMs };
  const total = walk.plan.entries.length;
  tools.emit({ type: 'step.started', name: entry.name, title: entry.title, index, total, ...usual });
  try {
    const end = await runEntry(entry, { ...walk, state: stateOf(walk, entry) });
    if (end.end === 'done') {
      walk.facts[entry.name] = end.done;
      tools.emit({ type: 'step.done', name: entry.name, how: end.how, tookMs: end.tookMs, said: '' });
    }
    return end;
  } catch (error) {
    await endBroken(entry, walk.run, tools);
    throw error;
  }
}
