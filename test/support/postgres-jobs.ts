import { systemClock } from '../../src/cli/clock.ts';
import { seconds } from '../../src/domain/duration.ts';
import { JobQueue } from '../../src/ledger/postgres/job-queue.ts';
import { makeAddress } from '../../src/services/postgres/address.ts';
import { makeConnections } from '../../src/services/postgres/connections.ts';
import { makeLedgerDatabase } from '../../src/services/postgres/ledger-database.ts';

interface AgentOptions {
  readonly schema?: string;
  readonly claimMs?: number;
  /** How wrong this agent's clock is, in ms. */
  readonly skewMs?: number;
}

/** The job queue as one agent opens it. */
export function openJobs(url: string, agent: string, options: AgentOptions = {}) {
  const { schema, claimMs = seconds(60), skewMs = 0 } = options;
  const connections = makeConnections('release/agent', seconds(10));
  const queue = new JobQueue({
    database: makeLedgerDatabase(connections, makeAddress('the ledger database', '$LEDGER', url)),
    clock: { ...systemClock, now: () => new Date(Date.now() + skewMs) },
    agent,
    claimMs,
    ...(schema === undefined ? {} : { schema }),
  });
  return { queue, close: () => connections.close() };
}
