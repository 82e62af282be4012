import type { CliContext } from '../context.ts';
import { runDrift } from '../drift/run-drift.ts';
import type { Wired } from '../wired.ts';

/** Work that can come due. It may be begun twice, when its agent was killed, and says in a few words what it found. */
export type JobKind = (context: CliContext, wired: Wired) => Promise<string>;

/** A look at the set-up that tells people of a change, as `release drift --notify` does. */
const drift: JobKind = async (context, wired) => {
  const { verdict = 'looked' } = await runDrift({ notify: true }, context, wired);
  return verdict;
};

/** By the name that a job has in the queue. A kind that an older program does not know is left to newer ones. */
export const JOB_KINDS: ReadonlyMap<string, JobKind> = new Map([['drift', drift]]);
