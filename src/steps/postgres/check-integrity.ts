import { minutes } from '../../domain/duration.ts';
import type { IntegrityAnswer } from '../../domain/integrity.ts';
import { askIntegrity, defineStep, type Facts, ReleaseError } from '../../kit.ts';

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

/** Asks the integrity queries again and compares with the baseline (DAY-23, RBX-4B3, RBV-5). */
export const checkIntegrity = defineStep<
  'postgres',
  { env: string; baseline: string },
  { checked: number; said: string[] }
>({
  id: 'postgres.check-integrity',
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Check that no data was lost',
  run: async ({ postgres }, { env, baseline }, { runbook, facts }) => {
    const before = { numbers: baselineOf(facts, baseline), at: momentOf(facts, baseline) };
    const read = (sql: string) => postgres.readNumber(env, sql);
    const answers = await askIntegrity(runbook.integrity, before, read);
    const bad = answers.filter((answer) => !answer.ok);
    if (bad.length > 0) throw violated(bad);
    return { checked: answers.length, said: answers.map((answer) => answer.said) };
  },
  undo: { kind: 'nothing' },
});
