import type { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import type { NewEvent } from '../ledger/event.ts';
import { type EntryState, foldRun, type RunState } from '../ledger/fold.ts';
import { runEntry } from './run-entry.ts';
import type { EntryEnd, RunTools } from './run-tools.ts';

export interface RunResult {
  readonly verdict: 'completed' | 'failed' | 'paused' | 'in-doubt' | 'fenced';
  readonly said: string;
  /** Name of the entry at which the run ended early. */
  readonly at?: string;
  readonly error?: ReleaseError;
  readonly facts: Readonly<Record<string, JsonObject>>;
  readonly tookMs: number;
}

const isOver = (state: EntryState | undefined): boolean =>
  state?.state === 'done' || state?.state === 'warned';

/**
 * Entries to run once more on resume: when a gate had said no, what it judged is asked again, as far back as entries
 * change nothing or may be repeated.
 */
export function findStale(plan: Plan, entries: RunState['entries']): ReadonlySet<string> {
  const next = plan.entries.findIndex((entry) => !isOver(entries[entry.name]));
  const stale = new Set<string>();
  if (plan.entries[next]?.kind !== 'gate') return stale;
  for (let i = next - 1; i >= 0; i -= 1) {
    const entry = plan.entries[i];
    if (entry?.kind !== 'step' || (entry.effect !== 'read' && entry.effect !== 'repeatable')) break;
    stale.add(entry.name);
  }
  return stale;
}

const endEvent = (run: string, tools: RunTools, event: Pick<NewEvent, 'type' | 'data'>): NewEvent =>
  ({ id: `${run}:end:${tools.held.epoch}`, run, ...event }) as NewEvent;

/** Records how a run ended and lets go of the lock; a run that was taken over writes nothing more. */
async function close(run: string, tools: RunTools, event: Pick<NewEvent, 'type' | 'data'>): Promise<void> {
  await tools.ledger.append(tools.held, endEvent(run, tools, event));
  await tools.ledger.release(tools.held, String(event.type));
}

type Ending = Omit<RunResult, 'facts' | 'tookMs'>;

async function endEarly(entry: PlanEntry, end: EntryEnd, run: string, tools: RunTools): Promise<Ending> {
  if (end.end === 'fenced')
    return { verdict: 'fenced', said: end.error.text.what, at: entry.name, error: end.error };
  if (end.end === 'failed') {
    tools.emit({ type: 'step.failed', name: entry.name, code: end.error.code, said: end.error.text.what });
    await close(run, tools, { type: 'run.finished', data: { verdict: 'failed', said: end.error.text.what } });
    return { verdict: 'failed', said: end.error.text.what, at: entry.name, error: end.error };
  }
  const said = 'said' in end ? end.said : entry.title;
  await close(run, tools, { type: 'run.paused', data: { after: entry.name, said } });
  return { verdict: end.end === 'in-doubt' ? 'in-doubt' : 'paused', said, at: entry.name };
}

/**
 * Runs a plan from wherever its ledger says it stands to its end, or to the entry that says no. Every effect happens
 * exactly once, however often the process is killed and this is called again.
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
  const before = foldRun(await ledger.read(held.scope), run);
  const stale = findStale(plan, before?.entries ?? {});
  const facts: Record<string, JsonObject> = { ...before?.facts };
  const isDone = (entry: PlanEntry): boolean => isOver(before?.entries[entry.name]) && !stale.has(entry.name);
  const done = plan.entries.filter(isDone).map((entry) => entry.name);
  emit({
    type: 'run.started',
    run,
    plan,
    resumed: before !== undefined && Object.keys(before.entries).length > 0,
    done,
  });
  const ending = await walk(plan, run, tools, facts, (entry) =>
    isDone(entry) ? 'over' : stale.has(entry.name) ? undefined : before?.entries[entry.name],
  );
  const tookMs = Math.round(clock.monotonic() - started);
  emit({ type: 'run.ended', run, verdict: ending.verdict, said: ending.said, tookMs });
  return { ...ending, facts, tookMs };
}

async function walk(
  plan: Plan,
  run: string,
  tools: RunTools,
  facts: Record<string, JsonObject>,
  stateOf: (entry: PlanEntry) => EntryState | 'over' | undefined,
): Promise<Ending> {
  const total = plan.entries.length;
  for (const [index, entry] of plan.entries.entries()) {
    const state = stateOf(entry);
    if (state === 'over') {
      tools.emit({ type: 'step.done', name: entry.name, how: 'earlier', tookMs: 0, said: 'already done' });
      continue;
    }
    if (tools.stop.stopping)
      return endEarly(entry, { end: 'stopped', said: `stopped before "${entry.title}"` }, run, tools);
    const usual = entry.usualMs === undefined ? {} : { usualMs: entry.usualMs };
    tools.emit({ type: 'step.started', name: entry.name, title: entry.title, index, total, ...usual });
    const end = await runEntry(entry, { plan, run, facts, tools, state });
    if (end.end === 'done') {
      facts[entry.name] = end.done;
      tools.emit({ type: 'step.done', name: entry.name, how: end.how, tookMs: end.tookMs, said: '' });
    } else if (end.end !== 'warned') {
      return endEarly(entry, end, run, tools);
    }
  }
  const said = `${plan.command} of ${plan.version} completed`;
  await close(run, tools, { type: 'run.finished', data: { verdict: 'completed', said } });
  return { verdict: 'completed', said };
}
