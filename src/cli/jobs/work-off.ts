import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { ClaimedJob, JobQueue, TickOutcome } from '../../ledger/postgres/job-queue.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { JobKind } from './job-kinds.ts';

/** How long a claim outlives its agent. */
export const CLAIM_MS = seconds(60);
const KEEP_MS = seconds(20);

/** One tick, and whether its record is ours. */
export interface WorkedOff extends ClaimedJob, TickOutcome {
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

async function perform(kind: JobKind, context: CliContext, wired: Wired): Promise<TickOutcome> {
  try {
    return { outcome: 'done', said: await kind(context, wired) };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { outcome: 'failed', said: context.redact(`${error.code}: ${error.text.what}`) };
  }
}

/** Does one claimed job and records what came of it. Nobody is asked anything: no person sits at an agent. */
export async function workOff(
  queue: JobQueue,
  job: ClaimedJob,
  kind: JobKind,
  { context, wired }: { readonly context: CliContext; readonly wired: Wired },
): Promise<WorkedOff> {
  const own = new AbortController();
  const keeping = keep(queue, job, wired, own.signal);
  const unattended = { ...context, terminal: { ...context.terminal, canAsk: false } };
  try {
    const outcome = await perform(kind, unattended, wired);
    return { ...job, ...outcome, isOurs: await queue.complete(job, outcome) };
  } finally {
    own.abort();
    await keeping;
  }
}
