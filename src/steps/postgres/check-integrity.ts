import { minutes } from '../../domain/duration.ts';
import { brokenIntegrity, type IntegrityAnswer } from '../../domain/integrity.ts';
import type { JsonObject } from '../../domain/json.ts';
import {
  askIntegrity,
  baselineOf,
  defineStep,
  established,
  type Facts,
  hurriedReaderOf,
  ReleaseError,
  readerOf,
  type StepContext,
} from '../../kit.ts';

interface Words {
  readonly why: string;
  readonly next: string;
  readonly askAgain: string;
  readonly see?: string;
}

const DEPLOY: Words = {
  why: 'The numbers do not agree with the baseline that was taken before the change.',
  next: 'Treat it as P0: release rollback, and look at the tables before anything else is written.',
  askAgain: 'Then release deploy --resume asks again.',
};

/** Whoever is on the way back already is not helped by another rollback, and users wait. */
const onTheWayBack = (version: string): Words => ({
  why: 'The numbers do not agree with those from the beginning of this rollback. Users are not let in.',
  next: `Look at these tables. release rollback --resume asks again; if the rows were meant to go, release rollback --to ${version} --db none lets users in without asking.`,
  askAgain: 'Then release smoke asks again.',
  see: 'docs/going-back.md',
});

const wordsOf = ({ plan }: Pick<StepContext, 'plan'>): Words =>
  plan.command === 'rollback' ? onTheWayBack(plan.version) : DEPLOY;

const violated = (bad: readonly IntegrityAnswer[], { why, next, see }: Words): ReleaseError =>
  new ReleaseError('E_DATA_INTEGRITY', {
    what: `${bad.length} of the data checks failed: ${bad.map((one) => one.said).join('; ')}.`,
    ...{ why, next, ...(see === undefined ? {} : { see }) },
    state: 'partly-done',
  });

/** Entries behind which nobody writes; one that failed, or none at all, means that users are in. */
const areIn = (behind: readonly string[] | undefined, facts: Facts): boolean =>
  behind !== undefined && (behind.length === 0 || behind.some((entry) => facts[entry] === undefined));

/**
 * Asks the integrity queries again and compares with the baseline (DAY-23, RBX-4B3, RBV-5), within `withinMs` for a way
 * back that cannot wait. Throws E_DATA_INTEGRITY for what was lost or broken, E_DATA_UNKNOWN for what nobody could count.
 */
export const checkIntegrity = defineStep<
  'postgres',
  { env: string; baseline: string; withinMs?: number; behind?: string[] },
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
  run: async ({ postgres }, { env, baseline, withinMs, behind }, context) => {
    const { runbook, facts, clock } = context;
    const read =
      withinMs === undefined ? readerOf(postgres, env) : hurriedReaderOf(postgres, env, { clock, withinMs });
    const how = { usersAreIn: areIn(behind, facts), countsGuarded: true };
    const answers = await askIntegrity(runbook.integrity, baselineOf(facts[baseline]), read, how);
    const [bad, words] = [brokenIntegrity(answers), wordsOf(context)];
    if (bad.length > 0) throw violated(bad, words);
    const all = established(answers, words.askAgain);
    const data = all.map((one) => one as unknown as JsonObject);
    return { checked: all.length, said: all.map((answer) => answer.said), data };
  },
  undo: { kind: 'nothing' },
});
