import { plural } from '../../src/domain/plural.ts';
import { defineCheck } from '../../src/kit.ts';

/** A transaction that somebody left open keeps its locks: the migration would wait for it, and users behind that. */
export default defineCheck({
  id: 'database.idle-transactions',
  title: 'No transaction was left open',
  runbook: 'ENV-08',
  gates: ['preflight'],
  needs: ['postgres'],
  weight: 'advisory',
  probe: ({ postgres }, { env }) => postgres.openTransactions(env),
  judge: ({ sessions, prepared, limitedView }, { thresholds }) => {
    const limit = thresholds.idleInTransactionSeconds;
    const idle = sessions.filter((one) => one.state.startsWith('idle in transaction') && one.seconds > limit);
    const left = prepared.filter((one) => one.seconds > limit);
    const names = [
      ...idle.map((one) => `pid ${one.pid} (${one.application || 'no name'}, ${Math.round(one.seconds)} s)`),
      ...left.map((one) => `prepared transaction ${one.name} (${Math.round(one.seconds)} s)`),
    ];
    if (names.length > 0)
      return {
        outcome: 'warn',
        said: `${plural(names.length, 'transaction')} open for more than ${limit} s: ${names.slice(0, 3).join(', ')}`,
        remedy: 'End them before the migration: pg_terminate_backend(pid), or rollback prepared.',
      };
    if (limitedView)
      return {
        outcome: 'warn',
        said: 'limited view: this role does not see the transactions of other users',
        remedy: 'grant pg_read_all_stats to the role that checks with.',
      };
    return { outcome: 'pass', said: `${sessions.length} open, none left idle for more than ${limit} s` };
  },
});
