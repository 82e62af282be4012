import { minutes } from '../../domain/duration.ts';
import { defineStep, readBaseline } from '../../kit.ts';

/**
 * The answers of the integrity queries before anything changes, and the moment they hold for, in seconds since 1970
 * (DAT rows; E-26: a stored baseline with a fixed timestamp).
 */
export const takeBaseline = defineStep<
  'postgres',
  { env: string },
  { numbers: Record<string, number>; at: number }
>({
  id: 'postgres.take-baseline',
  def: 2,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Count what must still be there afterwards',
  run: async ({ postgres }, { env }, { runbook }) => {
    const { numbers, at } = await readBaseline(runbook.integrity, {
      number: (sql) => postgres.readNumber(env, sql),
      references: () => postgres.references(env),
    });
    return { numbers: { ...numbers }, at };
  },
  undo: { kind: 'nothing' },
});
