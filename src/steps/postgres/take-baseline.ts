import { minutes } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

/** The answers of the integrity queries before anything changes (DAT rows; E-26: a stored baseline). */
export const takeBaseline = defineStep<'postgres', { env: string }, { numbers: Record<string, number> }>({
  id: 'postgres.take-baseline',
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Count what must still be there afterwards',
  run: async ({ postgres }, { env }, { runbook }) => {
    const pairs = await Promise.all(
      runbook.integrity.map(async ({ id, sql }) => [id, await postgres.readNumber(env, sql)] as const),
    );
    return { numbers: Object.fromEntries(pairs) };
  },
  undo: { kind: 'nothing' },
});
