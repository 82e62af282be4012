import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { ClaimedJob, JobQueue, TickOutcome } from '../../ledger/postgres/job-queue.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { JobDone, JobKind } from './job-kinds.ts';

/** How long a claim outlives its agent. */
export const CLAIM_MS = seconds(60);
const KEEP_MS = seconds(20);

/** What came of one job: for the record, and for people. */
export interface Performed extends TickOutcome, Omit<JobDone, 'said'> {}

/** One tick, and whether its record is ours. */
export interface WorkedOff extends ClaimedJob, Performed {
  /** False when another agent took it over meanwhile; then its record counts. */
  readonly isOurs: boolean;
}

/** Keeps the claim until the signal; a claim that cannot be kept is found out when the tick is recorded. */
async function keep(queue: JobQueue, job: ClaimedJob, { clock }: Wired, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(KEEP_MS, signal).catch(() => undefined);
    if (!signal.aborted) await queue.keep(job).catch(() => undefined);
  }
}

/** Nobody is asked anything: no person sits at an agent. */
export const unattended = (context: CliContext): CliContext => ({
  ...context,
  terminal: { ...context.terminal, canAsk: false },
});

/** Undefined when it was stopped before it was done: then nothing came of it. */
export async function perform(
  kind: JobKind,
  context: CliContext,
  wired: Wired,
  now: number,
): Promise<Performed | undefined> {
  try {
    const done = await kind(context, wired, now);
    return done && { ...done, outcome: 'done' };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { outcome: 'failed', said: context.redact(`${error.code}: ${error.text.what}`) };
  }
}

/** Does one claimed job and records what came of it; undefined when it was stopped, so that the claim runs out. */
export async function workOff(
  queue: JobQueue,
  job: ClaimedJob,
  kind: JobKind,
  { context, wired }: { readonly context: CliContext; readonly wired: Wired },
): Promise<WorkedOff | undefined> {
  const own = new AbortController();
  const keeping = keep(queue, job, wired, own.signal);
  try {
    const performed = await perform(kind, unattended(context), wired, await queue.now());
    if (performed === undefined) return undefined;
    const { outcome, said } = performed;
    return { ...job, ...performed, isOurs: await queue.complete(job, { outcome, said }) };
  } finally {
    own.abort();
    await keeping;
  }
}
