import { minutes } from '../../domain/duration.ts';
import { brokenIntegrity, type IntegrityAnswer } from '../../domain/integrity.ts';
import type { JsonObject } from '../../domain/json.ts';
import { askIntegrity, defineStep, established, type Facts, ReleaseError } from '../../kit.ts';

const violated = (bad: readonly IntegrityAnswer[]): ReleaseError =>
  new ReleaseError('E_DATA_INTEGRITY', {
    what: `${bad.length} of the data checks failed: ${bad.map((one) => one.said).join('; ')}.`,
    why: 'The numbers do not agree with the baseline that was taken before the change.',
    next: 'Treat it as P0: release rollback, and look at the tables before anything else is written.',
    state: 'partly-done',
  });

const momentOf = (facts: Facts, entry: string): number | undefined => {
  const at = facts[entry]?.at;
  return typeof at === 'number' ? at : undefined;
};

const baselineOf = (facts: Facts, entry: string): Readonly<Record<string, number>> =>
  (facts[entry]?.numbers ?? {}) as Readonly<Record<string, number>>;

/**
 * Asks the integrity queries again and compares with the baseline (DAY-23, RBX-4B3, RBV-5). Throws E_DATA_INTEGRITY for
 * what was lost or broken, E_DATA_UNKNOWN for what nobody could count.
 */
export const checkIntegrity = defineStep<
  'postgres',
  { env: string; baseline: string },
  { checked: number; said: string[]; data: JsonObject[] }
>({
  id: 'postgres.check-integrity',
  def: 2,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Check that no data was lost',
  run: async ({ postgres }, { env, baseline }, { runbook, facts }) => {
    const before = { numbers: baselineOf(facts, baseline), at: momentOf(facts, baseline) };
    const answers = await askIntegrity(runbook.integrity, before, {
      number: (sql) => postgres.readNumber(env, sql),
      references: () => postgres.references(env),
    });
    const bad = brokenIntegrity(answers);
    if (bad.length > 0) throw violated(bad);
    const all = established(answers);
    const data = all.map((one) => one as unknown as JsonObject);
    return { checked: all.length, said: all.map((answer) => answer.said), data };
  },
  undo: { kind: 'nothing' },
});
