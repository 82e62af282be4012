import { seconds } from '../../domain/duration.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

type Input = { env: string; applied: number };

const changed = (now: number, planned: number): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `The database has ${now} migrations, not ${planned} any more.`,
    why: 'A run that was pushed aside, or somebody else, migrated after this plan was made.',
    next: 'Run the same command again; it makes a new plan.',
    state: 'partly-done',
  });

/** Sees that no migration came or went since the plan was made: what must be taken back was counted then. */
export const seeSchema = defineStep<'postgres', Input, { applied: number }>({
  id: 'postgres.see-schema',
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(15),
  stop: 'safe',
  notes: true,
  title: ({ applied }) => `See that the database still has ${applied} migrations`,
  run: async ({ postgres }, { env, applied }, { runbook }) => {
    const journal = runbook.migrations?.journal ?? 'drizzle';
    const now = (await postgres.appliedMigrations(env, journal)).length;
    if (now !== applied) throw changed(now, applied);
    return { applied };
  },
  undo: { kind: 'nothing' },
});
