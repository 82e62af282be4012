import { ReleaseError } from '../../domain/failure.ts';
import { JobQueue } from '../../ledger/postgres/job-queue.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { openLedgerDatabase } from '../wiring/open-ledger-database.ts';
import { CLAIM_MS } from './work-off.ts';

/** Refused where jobs would have to be kept, and the ledger keeps none. */
const noQueue = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `The ledger of ${env} is not in PostgreSQL, so it keeps no jobs.`,
    why: 'Agents share their work through the postgres store; with another one cron or CI calls the command itself.',
    next: 'Call release drift --notify every day, or see docs/jobs.md.',
    state: 'untouched',
  });

export const hasQueue = ({ environment }: Wired): boolean => environment.ledger.store === 'postgres';

/** Names this agent as no other process, here or elsewhere, now or later. */
const nameAgent = ({ host, random }: CliContext): string =>
  `${host}/${process.pid}/${Math.floor(random() * 36 ** 8).toString(36)}`;

/** Works with the queue of this environment's ledger and lets go of it. Throws E_NOT_CONFIGURED where there is none. */
export async function withQueue<T>(
  context: CliContext,
  wired: Wired,
  work: (queue: JobQueue) => Promise<T>,
): Promise<T> {
  const { env, environment, clock } = wired;
  if (!hasQueue(wired)) throw noQueue(env);
  const closers: (() => Promise<void>)[] = [];
  const database = await openLedgerDatabase({ ...wired, atEnd: (close) => closers.push(close) });
  const { schema } = environment.ledger;
  try {
    return await work(
      new JobQueue({ database, schema, clock, agent: nameAgent(context), claimMs: CLAIM_MS }),
    );
  } finally {
    await Promise.all(closers.map((close) => close()));
  }
}
