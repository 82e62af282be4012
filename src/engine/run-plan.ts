import { isBeside } from '../domain/is-beside.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry, PlannedStep } from '../domain/plan.ts';
import { isOver } from '../ledger/find-next-entry.ts';
import { type EntryState, foldRuns, type RunState } from '../ledger/fold.ts';
import { isRead } from '../ledger/is-read.ts';
import { readAsHolder } from '../ledger/read-as-holder.ts';
import { type Beside, type Halt, makeBeside } from './beside.ts';
import { type Back, comeBack, staleByRecord } from './come-back.ts';
import { type Ending, endBroken, endCompleted, endEarly, endReached, endUnknown } from './end-run.ts';
import { findBegun } from './find-begun.ts';
import { type Begun, lookFrom, type Outlook } from './left-to-land.ts';
import { askLater, type Returning } from './look-back.ts';
import { openSignal } from './open-signal.ts';
import { runEntry } from './run-entry.ts';
import type { RunTools } from './run-tools.ts';
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
  /** Undefined the first time. */
  readonly returning: Returning | undefined;
  readonly until: string | undefined;
  readonly back: Back;
  readonly beside: Beside;
  /** Grows as entries end. */
  readonly facts: Record<string, JsonObject>;
  /** Entries that this process carried to their end. */
  readonly ended: Set<string>;
}

const isDone = ({ back: { states, stale } }: Walk, { name }: PlanEntry): boolean =>
  isOver(states[name]) && !stale.has(name);

const stateOf = ({ back: { states, stale } }: Walk, { name }: PlanEntry): EntryState | undefined =>
  stale.has(name) ? undefined : states[name];

/** What nothing was recorded of. */
const FRESH: Back = { states: {}, stale: new Set(), facts: {}, later: [] };

export interface PlanOrder {
  readonly plan: Plan;
  readonly run: string;
  readonly tools: RunTools;
  /** Name of the entry behind which the run stands still; default: it goes to its end. */
  readonly until?: string | undefined;
}

/**
 * Runs a plan from wherever its ledger says it stands to its end, to the entry that says no, or to the one that it was
 * asked to stand still at. Every effect happens exactly once, however often the process is killed and this is called
 * again. Throws when the run broke: what the ledger says against being written (E_LEDGER_*), or a bug; the run is then
 * paused, if that can still be recorded.
 */
export async function runPlan({ plan, run, tools, until }: PlanOrder): Promise<RunResult> {
  const { clock, emit, ledger, held } = tools;
  const started = clock.monotonic();
  const events = await readAsHolder(ledger, held);
  const runs = foldRuns(events);
  const before = runs.find((one) => one.run === run);
  const outlook = lookFrom(events, held.epoch, clock);
  const returning = isBegun(before) ? { plan, run, before, events, tools, outlook } : undefined;
  const old = returning && staleByRecord(returning, until);
  const done = plan.entries.flatMap(({ name }) =>
    isOver(before?.entries[name]) && old?.has(name) === false ? [name] : [],
  );
  emit({ type: 'run.started', run, plan, resumed: returning !== undefined, done });
  const back = returning === undefined ? FRESH : await comeBack(returning, until);
  const begun = findBegun(runs, run, tools);
  const facts = { ...before?.facts, ...back.facts };
  const walk = {
    ...{ plan, run, tools, outlook, begun, before, returning, until, back, facts },
    ...{ beside: makeBeside(), ended: new Set<string>() },
  };
  const ending = back.halt === undefined ? await walkPlan(walk) : await endAt(back.halt, walk);
  const tookMs = Math.round(clock.monotonic() - started);
  emit({ type: 'run.ended', run, verdict: ending.verdict, said: ending.said, tookMs });
  return { ...ending, facts: factsOf(walk), tookMs };
}

/** What is known at the end: of what was to be asked once more and was not, nothing. */
const factsOf = ({ facts, back: { stale }, ended }: Walk): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !stale.has(name) || ended.has(name)));

const isBegun = (before: RunState | undefined): before is RunState =>
  Object.keys(before?.entries ?? {}).length > 0;

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
  const asked = askBeside(walk);
  const main = await goThrough(walk);
  if (main.halt !== undefined) asked.end();
  // Nothing is recorded behind the end of a run, so that whatever goes beside it has to end before.
  const [beside, late] = [await walk.beside.join(), await asked.join()];
  const halt = main.halt ?? beside ?? late;
  if (halt !== undefined) return endAt(halt, walk);
  if (main.reached !== undefined) return endReached(run, tools, main.reached);
  return endCompleted(
    run,
    tools,
    `${plan.command} ${plan.command === 'rollback' ? 'to' : 'of'} ${plan.version} completed`,
  );
}

/** Asks about what users do not wait for; of a run that halts the answers are not heard any more. */
function askBeside({ returning, tools, back: { later } }: Walk) {
  const own = openSignal(tools.stop.signal);
  const stop = { stopping: tools.stop.stopping, signal: own.signal };
  const asides = makeBeside();
  const ask = (by: Returning, entry: PlannedStep) => askLater({ ...by, tools: { ...tools, stop } }, entry);
  for (const entry of later)
    asides.start(async () => (returning === undefined ? undefined : ask(returning, entry)));
  return { join: () => asides.join().finally(own.end), end: own.end };
}

/** Goes from entry to entry until one of them halts, or is the one to stand still behind. */
async function goThrough(walk: Walk): Promise<{ readonly halt?: Halt; readonly reached?: PlanEntry }> {
  const { plan, until } = walk;
  for (const [index, entry] of plan.entries.entries()) {
    const halt = await goBy(walk, entry, index);
    if (halt !== undefined) return { halt };
    if (entry.name === until && entry !== plan.entries.at(-1)) return { reached: entry };
  }
  return {};
}

async function goBy(walk: Walk, entry: PlanEntry, index: number): Promise<Halt | undefined> {
  if (isDone(walk, entry)) return passOver(walk, entry);
  if (!isBeside(entry)) return takeEntry(walk, entry, index);
  walk.beside.start(() => takeEntry(walk, entry, index));
  return undefined;
}

async function endAt(halt: Halt, { run, tools }: Walk): Promise<Ending> {
  if ('end' in halt) return endEarly(halt.entry, halt.end, run, tools);
  await endBroken(halt.entry, run, tools);
  throw halt.broke;
}

function passOver({ tools, back }: Walk, { name }: PlanEntry): undefined {
  const how = name === back.found ? 'inspected' : 'earlier';
  tools.emit({ type: 'step.done', name, how, tookMs: 0, said: how === 'earlier' ? 'already done' : '' });
}

async function takeEntry(walk: Walk, entry: PlanEntry, index: number): Promise<Halt | undefined> {
  const { tools } = walk;
  if (tools.stop.stopping) return { entry, end: { end: 'stopped', said: `stopped before "${entry.title}"` } };
  const usual = entry.usualMs === undefined ? {} : { usualMs: entry.usualMs };
  const beside = isBeside(entry) ? ({ beside: true } as const) : {};
  const total = walk.plan.entries.length;
  tools.emit({
    type: 'step.started',
    name: entry.name,
    title: entry.title,
    index,
    total,
    ...usual,
    ...beside,
  });
  try {
    const end = await runEntry(entry, { ...walk, state: stateOf(walk, entry) });
    if (end.end === 'warned' && isRead(walk.plan, entry.name)) delete walk.facts[entry.name];
    if (end.end === 'warned') return undefined;
    if (end.end !== 'done') return { entry, end };
    walk.facts[entry.name] = end.done;
    walk.ended.add(entry.name);
    tools.emit({ type: 'step.done', name: entry.name, how: end.how, tookMs: end.tookMs, said: '' });
    return undefined;
  } catch (broke) {
    return { entry, broke };
  }
}
