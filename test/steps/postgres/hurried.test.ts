import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { judgeVerified } from '../../../src/domain/judge-verified.ts';
import type { StepContext } from '../../../src/kit.ts';
import { checkIntegrity } from '../../../src/steps/postgres/check-integrity.ts';
import { takeBaseline } from '../../../src/steps/postgres/take-baseline.ts';
import { makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { VirtualTime } from '../../support/engine/virtual-time.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const QUERY = { title: 'Rows', expect: 'not-fewer' } as const;
const QUERY_A = { ...QUERY, id: 'a', title: 'Assessments', sql: 'select count(*) from assessments' };
const runbook = makeRunbook({
  integrity: [
    QUERY_A,
    { ...QUERY, id: 'u', title: 'Users', sql: 'select count(*) from users' },
    { id: 'b', title: 'Bad rows', expect: 'zero', sql: 'select count(*) from bad' },
  ],
});

const silent = (): Promise<never> => new Promise(() => undefined);
const full = () => {
  throw new ReleaseError('E_DB_FULL', { what: 'No session.', next: 'Wait.', state: 'untouched' });
};

/** A database that answers by the table it is asked for, before and after a rollback. */
function makeWorld(answers: Readonly<Record<string, () => number | Promise<number>>>) {
  const time = new VirtualTime();
  const told: string[] = [];
  const readNumber = async (_env: string, sql: string): Promise<number> => {
    const table = Object.keys(answers).find((name) => sql.includes(` ${name}`));
    return sql.includes('clock_timestamp()') ? 1000 : (answers[table ?? ''] ?? silent)();
  };
  const services = onlyThese({ postgres: { readNumber, references: async () => [] } });
  const plan = { command: 'rollback', version: 'v2.0.3' };
  const contextOf = (facts: StepContext['facts']) =>
    ({ runbook, facts, plan, clock: time.clock(), tell: (said: string) => told.push(said) }) as never;
  const input = { env: 'production', withinMs: 20_000 };
  return {
    time,
    told,
    count: () => time.drive(takeBaseline.run(services, input, contextOf({}))),
    check: (facts: StepContext['facts'], behind?: string[]) => {
      const order = { ...input, baseline: 'baseline', ...(behind === undefined ? {} : { behind }) };
      return time.drive(checkIntegrity.run(services, order, contextOf(facts)));
    },
  };
}

describe('a count on the way back', () => {
  it('RBX-5.4: of assessments makes a rollback verified only where it was counted and none is missing', async () => {
    const dataOf = async (assessments: () => number | Promise<number>) => {
      let isBack = false;
      const world = makeWorld({
        ...{ assessments: () => (isBack ? assessments() : 200), users: () => 5, bad: () => 0 },
      });
      const baseline = await world.count();
      isBack = true;
      const done = await world.check({ baseline } as never).catch(() => undefined);
      const plan = makeRollbackPlan(makeTalkativeRunbook({ integrity: [QUERY_A] }), { kind: 'none' });
      return judgeVerified(plan, done === undefined ? {} : { integrity: done as JsonObject }).shown;
    };
    expect(await dataOf(() => 200)).toContain('data');
    expect(await dataOf(() => 199)).not.toContain('data');
    expect(await dataOf(silent)).not.toContain('data');
  });

  it('E-84: ends in its time, keeps what was counted, and names what was not', async () => {
    const world = makeWorld({ assessments: () => 200, users: silent, bad: full });
    const counted = { numbers: { a: 200 }, at: 1000, references: [] };
    expect(await world.count()).toEqual({ ...counted, unanswered: ['Bad rows', 'Users'] });
    expect(world.time.passed).toBe(20_000);
    expect(world.told).toEqual(['not counted in time, and not waited for: Bad rows, Users']);
  });

  it('RBV-5: what was not counted before is unknown, also rows that may have been bad before', async () => {
    const { check } = makeWorld({ assessments: () => 200, users: () => 40, bad: () => 3 });
    const asked = check({ baseline: { numbers: { a: 200 }, at: 1000 } });
    await expect(asked).rejects.toMatchObject({
      code: 'E_DATA_UNKNOWN',
      text: {
        what: '2 of 3 data checks have no answer: Users: 40 (no baseline); Bad rows: 3 (no baseline).',
        next: expect.stringMatching(/release smoke/),
      },
    });
  });

  it('RBV-5: a run without any baseline has nothing that shows a loss', async () => {
    const { check } = makeWorld({ assessments: () => 0, users: () => 0, bad: () => 9 });
    await expect(check({})).rejects.toMatchObject({ code: 'E_DATA_UNKNOWN' });
  });

  it('E-26: while maintenance mode is not known to hold, users may have deleted rows: told, and no loss', async () => {
    const baseline = { numbers: { a: 200, u: 40, b: 0 }, at: 1000 };
    const behind = ['maintenance-on', 'maintenance-kept'];
    const { check } = makeWorld({ assessments: () => 199, users: () => 40, bad: () => 0 });
    const refused = { baseline, 'maintenance-kept': {} };
    await expect(check(refused, behind)).rejects.toMatchObject({ code: 'E_DATA_UNKNOWN' });
    await expect(check(refused, [])).rejects.toMatchObject({ code: 'E_DATA_UNKNOWN' });
    const held = { ...refused, 'maintenance-on': {} };
    await expect(check(held, behind)).rejects.toMatchObject({ code: 'E_DATA_INTEGRITY' });
  });

  it('RBV-5: a loss that was seen is told beside what has no answer, with what can be done on the way back', async () => {
    const { check } = makeWorld({ assessments: () => 199, users: silent, bad: () => 0 });
    const asked = check({ baseline: { numbers: { a: 200, u: 40, b: 0 }, at: 1000 } });
    await expect(asked).rejects.toMatchObject({
      code: 'E_DATA_INTEGRITY',
      text: {
        what: '1 of the data checks failed: Assessments: 199 (baseline 200).',
        next: expect.stringContaining('release rollback --to v2.0.3 --db none lets users in'),
      },
    });
  });
});
