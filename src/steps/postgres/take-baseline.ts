import { minutes } from '../../domain/duration.ts';
import { fillBaseline } from '../../domain/integrity.ts';
import { defineStep } from '../../kit.ts';

// The database's own clock: it wrote the timestamps that the queries compare with.
const MOMENT = 'select extract(epoch from clock_timestamp())';

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
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Count what must still be there afterwards',
  run: async ({ postgres }, { env }, { runbook }) => {
    const at = await postgres.readNumber(env, MOMENT);
    const pairs = await Promise.all(
      runbook.integrity.map(
        async ({ id, sql }) => [id, await postgres.readNumber(env, fillBaseline(sql, at))] as const,
      ),
    );
    return { numbers: Object.fromEntries(pairs), at };
  },
  undo: { kind: 'nothing' },
});
