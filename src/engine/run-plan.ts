import { isBeside } from '../domain/is-beside.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import { isOver } from '../ledger/find-next-entry.ts';
import { type EntryState, foldRuns, type RunState } from '../ledger/fold.ts';
import { isRead } from '../ledger/is-read.ts';
import { readAsHolder } from '../ledger/read-as-holder.ts';
import { type Beside, type Halt, makeBeside } from './beside.ts';
import { type Ending, endBroken, endCompleted, endEarly, endReached, endUnknown } from './end-run.ts';
import { findBegun } from './find-begun.ts';
import { findStale } from './find-stale.ts';
import { type Begun, lookFrom, type Outlook } from './left-to-land.ts';
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
  readonly until: string | undefined;
  readonly stale: ReadonlySet<string>;
  readonly beside: Beside;
  /** Grows as entries end. */
  readonly facts: Record<string, JsonObject>;
}

const isDone = ({ before, stale }: Walk, { name }: PlanEntry): boolean =>
  isOver(before?.entries[name]) && !stale.has(name);

const stateOf = ({ before, stale }: Walk, { name }: PlanEntry): EntryState | undefined =>
  stale.has(name) ? undefined : before?.entries[name];

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
  const stale = findStale(plan, before?.entries ?? {}, until);
  const outlook = lookFrom(events, held.epoch, clock);
  const begun = findBegun(runs, run, tools);
  const facts = { ...before?.facts };
  const walk = { plan, run, tools, outlook, begun, before, until, stale, beside: makeBeside(), facts };
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
  const main = await goThrough(walk);
  // Nothing is recorded behind the end of a run, so that whatever goes beside it has to end before.
  const beside = await walk.beside.join();
  const halt = main.halt ?? beside;
  if (halt !== undefined) return endAt(halt, walk);
  if (main.reached !== undefined) return endReached(run, tools, main.reached);
  return endCompleted(
    run,
    tools,
    `${plan.command} ${plan.command === 'rollback' ? 'to' : 'of'} ${plan.version} completed`,
  );
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

function passOver({ tools }: Walk, { name }: PlanEntry): undefined {
  tools.emit({ type: 'step.done', name, how: 'earlier', tookMs: 0, said: 'already done' });
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
    tools.emit({ type: 'step.done', name: entry.name, how: end.how, tookMs: end.tookMs, said: '' });
    return undefined;
  } catch (broke) {
    return { entry, broke };
  }
}
