import { minutes, seconds } from '../../domain/duration.ts';
import { defineStep, findPending, type Seen } from '../../kit.ts';
import { findFile } from './find-file.ts';
import { makeOrder, sessionName } from './migration-order.ts';

type Input = { env: string; commit: string; tag: string };
type Done = { reverted: string; tookMs: number };

/**
 * Runs one file's rollback script. It is read from the newer commit, because the older tree no longer has it
 * (E-88, RBX-4B1).
 */
export const revert = defineStep<'git' | 'postgres', Input, Done>({
  id: 'postgres.revert',
  def: 1,
  needs: ['git', 'postgres'],
  effect: 'probeable',
  settleMs: seconds(10),
  timeoutMs: minutes(20),
  stop: 'never-between',
  title: ({ tag }) => `Take the migration ${tag} back`,
  run: async ({ git, postgres }, { env, commit, tag }, context) => {
    const file = await findFile(git, commit, tag, context.runbook);
    context.tell(`rollback script of ${tag}`);
    context.guard();
    const { tookMs } = await postgres.revertMigration(env, file, makeOrder(context));
    return { reverted: tag, tookMs };
  },
  inspect: async ({ git, postgres }, { env, commit, tag }, context): Promise<Seen<Done>> => {
    const running = await postgres.sessionsOf(env, sessionName(context));
    if (running.length > 0) return { state: 'underway', said: `a session of this run still works on ${tag}` };
    const file = await findFile(git, commit, tag, context.runbook);
    const pending = findPending([file], await postgres.appliedMigrations(env, makeOrder(context).journal));
    return pending.length === 1 ? { state: 'done', done: { reverted: tag, tookMs: 0 } } : { state: 'absent' };
  },
  undo: {
    kind: 'irreversible',
    because: 'what the migration held is gone with it',
    instead: 'deploy the next version',
  },
});
