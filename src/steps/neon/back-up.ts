import { seconds } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

/** A branch that keeps the state before the release (DAY-08, DAY-10). Its name is the marker that finds it again. */
export const backUp = defineStep<
  'neon',
  { env: string; name: string },
  { id: string; name: string; at: string }
>({
  id: 'neon.back-up',
  def: 1,
  needs: ['neon'],
  effect: 'probeable',
  settleMs: seconds(60),
  timeoutMs: seconds(180),
  stop: 'safe',
  title: ({ name }) => `Back up the database as ${name}`,
  run: async ({ neon }, { env, name }, { guard }) => {
    guard();
    const branch = await neon.createBackup(env, name);
    return { id: branch.id, name: branch.name, at: branch.createdAt };
  },
  inspect: async ({ neon }, { env, name }) => {
    const branch = await neon.findBackup(env, name);
    if (branch === undefined) return { state: 'absent' };
    if (!branch.ready) return { state: 'underway', said: `branch ${name} is being made` };
    return { state: 'done', done: { id: branch.id, name: branch.name, at: branch.createdAt } };
  },
  undo: {
    kind: 'compensate',
    how: 'delete the backup branch',
    run: async ({ neon }, { env }, { id }) => neon.deleteBackup(env, id),
  },
});
