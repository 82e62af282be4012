import { minutes, seconds } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

type Input = { env: string; lsn: string; keepAs: string };

/**
 * Puts the whole database back to a position of its log. What was written since is not lost but moved: it stays
 * under `keepAs`, whose name is also the marker that tells whether the restore already happened (RBX-4A, E-48).
 */
export const restore = defineStep<'neon', Input, { keptAs: string }>({
  id: 'neon.restore',
  def: 1,
  needs: ['neon'],
  effect: 'probeable',
  settleMs: seconds(60),
  timeoutMs: minutes(10),
  stop: 'never-between',
  title: ({ env, lsn }) => `Restore the database of ${env} to ${lsn}`,
  run: async ({ neon }, { env, lsn, keepAs }, { attempt, guard }) => {
    // The name is this run's own: when it is there on a later attempt, the restore landed late, or was done by hand.
    if (attempt > 1 && (await neon.awaitRestore(env, keepAs))) return { keptAs: keepAs };
    guard();
    await neon.restore(env, { lsn }, keepAs);
    return { keptAs: keepAs };
  },
  inspect: async ({ neon }, { env, keepAs }) => {
    const kept = await neon.findBackup(env, keepAs);
    if (kept === undefined) return { state: 'absent' };
    return kept.ready
      ? { state: 'done', done: { keptAs: keepAs } }
      : { state: 'underway', said: 'the restore is still at work' };
  },
  undo: {
    kind: 'irreversible',
    because: 'the application writes to the restored state from now on',
    instead: 'restore again from the branch that keeps the state before',
  },
});
