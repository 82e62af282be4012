import { minutes, seconds } from '../../domain/duration.ts';
import { defineStep, findPending, type Seen } from '../../kit.ts';
import { findFile } from './find-file.ts';
import { makeOrder, sessionName } from './migration-order.ts';

type Input = {
  env: string;
  commit: string;
  tag: string;
  /** From the rehearsal; without one the configured limit holds. */
  lockTimeoutMs?: number;
};
type Done = { applied: string; tookMs: number };

/**
 * Applies one file to the database, before the code that needs it is published (DAY-21, E-35). One step a file,
 * so that a run that was stopped between two files says which of them is there.
 */
export const migrate = defineStep<'git' | 'postgres', Input, Done>({
  id: 'postgres.migrate',
  def: 1,
  needs: ['git', 'postgres'],
  effect: 'probeable',
  settleMs: seconds(10),
  timeoutMs: minutes(20),
  stop: 'after',
  title: ({ tag }) => `Migrate the database: ${tag}`,
  run: async ({ git, postgres }, { env, commit, tag, lockTimeoutMs }, context) => {
    const file = await findFile(git, commit, tag, context.runbook);
    context.tell(`${tag}.sql`);
    context.guard();
    const order = { ...makeOrder(context), ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }) };
    const { tookMs } = await postgres.applyMigration(env, file, order);
    return { applied: tag, tookMs };
  },
  inspect: async ({ git, postgres }, { env, commit, tag }, context): Promise<Seen<Done>> => {
    const running = await postgres.sessionsOf(env, sessionName(context));
    if (running.length > 0) return { state: 'underway', said: `a session of this run still works on ${tag}` };
    const file = await findFile(git, commit, tag, context.runbook);
    const pending = findPending([file], await postgres.appliedMigrations(env, makeOrder(context).journal));
    return pending.length === 0 ? { state: 'done', done: { applied: tag, tookMs: 0 } } : { state: 'absent' };
  },
  undo: {
    kind: 'compensate',
    how: 'run its rollback script',
    run: async ({ git, postgres }, { env, commit, tag }, _done, context) => {
      const file = await findFile(git, commit, tag, context.runbook);
      await postgres.revertMigration(env, file, makeOrder(context));
    },
  },
});
