import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { PlanEntry } from '../domain/plan.ts';
import type { NewEvent } from '../ledger/event.ts';
import type { EntryEnd, RunTools } from './run-tools.ts';

/** How a run ended, and at which entry when it ended early. */
export interface Ending {
  /** `reached`: it stands still where it was asked to. */
  readonly verdict: 'completed' | 'reached' | 'failed' | 'paused' | 'in-doubt' | 'fenced';
  readonly said: string;
  readonly at?: string;
  readonly error?: ReleaseError;
}

type Last = Pick<NewEvent, 'type' | 'data'>;
type Holding = Pick<RunTools, 'ledger' | 'held'>;

/** Lets go of the lock. The end is recorded by now: what goes wrong here changes nothing about it. */
async function letGo(tools: Holding, outcome: string): Promise<void> {
  try {
    await tools.ledger.release(tools.held, outcome);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
  }
}

/** Records how a run ended and lets go of the lock; a run that was taken over writes nothing more. */
async function close(run: string, tools: Holding, event: Last, ending: Ending): Promise<Ending> {
  const { ledger, held } = tools;
  try {
    await ledger.append(held, { id: `${run}:end:${held.epoch}`, run, ...event } as NewEvent);
  } catch (error) {
    if (isReleaseError(error, 'E_FENCED')) return endFenced(error, ending.at);
    throw error;
  }
  await letGo(tools, String(event.type));
  return ending;
}

const endFenced = (error: ReleaseError, at: string | undefined): Ending => ({
  verdict: 'fenced',
  said: error.text.what,
  error,
  ...(at === undefined ? {} : { at }),
});

export const endCompleted = (run: string, tools: RunTools, said: string): Promise<Ending> =>
  close(
    run,
    tools,
    { type: 'run.finished', data: { verdict: 'completed', said } },
    { verdict: 'completed', said },
  );

/** Lets a run stand still where it was asked to: behind this entry, or, without one, before the first. */
export function endReached(run: string, tools: Holding, entry?: PlanEntry): Promise<Ending> {
  const said = entry === undefined ? 'begun, and waits for its first step' : `waits behind "${entry.title}"`;
  const ending = { verdict: 'reached', said, ...(entry ? { at: entry.name } : {}) } as const;
  return close(run, tools, { type: 'run.paused', data: { after: entry?.name ?? '', said } }, ending);
}

/** The end of a run at an entry that did not let it go on. */
export async function endEarly(
  entry: PlanEntry,
  end: Exclude<EntryEnd, { readonly end: 'done' | 'warned' }>,
  run: string,
  tools: RunTools,
): Promise<Ending> {
  if (end.end === 'fenced') return endFenced(end.error, entry.name);
  if (end.end === 'failed') {
    const { error } = end;
    const said = error.text.what;
    tools.emit({ type: 'step.failed', name: entry.name, code: error.code, said });
    const ending = { verdict: 'failed', said, at: entry.name, error } as const;
    return close(run, tools, { type: 'run.finished', data: { verdict: 'failed', said } }, ending);
  }
  const verdict = end.end === 'in-doubt' ? 'in-doubt' : 'paused';
  const ending = { verdict, said: end.said, at: entry.name } as const;
  return close(run, tools, { type: 'run.paused', data: { after: entry.name, said: end.said } }, ending);
}

/** The last words of a run that broke (F16): it can go on later, and nobody has to wait for its lock. */
export async function endBroken(entry: PlanEntry, run: string, tools: RunTools): Promise<void> {
  const said = `broke at "${entry.title}"`;
  try {
    await endEarly(entry, { end: 'stopped', said }, run, tools);
  } catch {
    // Not even this could be recorded. The error that broke the run is the one to be told.
  }
}

/** Ends a resume that this program cannot carry out. The run stays open for the program that can. */
export function endUnknown(
  entry: PlanEntry,
  error: ReleaseError,
  run: string,
  tools: RunTools,
): Promise<Ending> {
  const said = error.text.what;
  const ending = { verdict: 'failed', said, at: entry.name, error } as const;
  return close(run, tools, { type: 'run.paused', data: { after: entry.name, said } }, ending);
}
