import { seconds } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

/**
 * Where the database can return to, by its own clock and log: taken after maintenance mode is on and before the
 * first migration, so that nothing is lost between the two (E-45).
 */
export const markRestorePoint = defineStep<
  'postgres',
  { env: string },
  { at: string; lsn: string; xid: string }
>({
  id: 'postgres.mark-restore-point',
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(30),
  stop: 'safe',
  notes: true,
  title: ({ env }) => `Note the restore point of ${env}`,
  run: async ({ postgres }, { env }) => {
    const { at, lsn, xid } = await postgres.restorePoint(env);
    return { at, lsn, xid };
  },
  undo: { kind: 'nothing' },
});
