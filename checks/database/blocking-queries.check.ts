import { oneLine } from '../../src/domain/screen-text.ts';
import { defineCheck } from '../../src/kit.ts';

/** The age is the true waiting time of the lock, not of the statement (ENV-08). */
export default defineCheck({
  id: 'database.blocking-queries',
  title: 'No query waits long for a lock',
  runbook: 'ENV-08',
  gates: ['preflight', 'post-deploy'],
  needs: ['postgres'],
  probe: ({ postgres }, { env }) => postgres.blockedQueries(env),
  judge: (blocked, { thresholds }) => {
    const long = blocked.filter((one) => one.waitsSeconds > thresholds.blockingSeconds);
    const [worst] = [...long].sort((a, b) => b.waitsSeconds - a.waitsSeconds);
    if (worst === undefined)
      return {
        outcome: 'pass',
        said: `${blocked.length} waiting, none over ${thresholds.blockingSeconds} s`,
      };
    const by = worst.blockedBy
      .map((one) => `pid ${one.pid} (${one.state}, ${one.application || 'no name'})`)
      .join(', ');
    return {
      outcome: 'fail',
      said: `${long.length} blocked for up to ${Math.round(worst.waitsSeconds)} s (limit ${thresholds.blockingSeconds} s): pid ${worst.pid} ${oneLine(worst.query, 60)}`,
      remedy: `End what holds the lock: ${by || 'unknown session'}; e.g. select pg_terminate_backend(pid).`,
    };
  },
});
