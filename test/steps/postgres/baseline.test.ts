import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { checkIntegrity } from '../../../src/steps/postgres/check-integrity.ts';
import { takeBaseline } from '../../../src/steps/postgres/take-baseline.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const runbook = makeRunbook({
  integrity: [
    {
      id: 'recent-users',
      title: 'Users of the last 7 days',
      row: 'DAT-02',
      sql: "select count(*) from users where created_at >= {baseline} - interval '7 days' and created_at < {baseline}",
      expect: 'not-fewer',
    },
  ],
});

/** A database whose clock says 1000 at first; it remembers what it was asked. */
function makeDatabase(counts: readonly number[]) {
  const asked: string[] = [];
  const left = [...counts];
  const readNumber = async (_env: string, sql: string): Promise<number> => {
    asked.push(sql);
    return sql.includes('clock_timestamp()') ? 1000 : (left.shift() ?? 0);
  };
  return { services: onlyThese({ postgres: { readNumber, references: async () => [] } }), asked };
}

const withFacts = (
  facts: StepContext['facts'],
  plan: Partial<StepContext['plan']> = { command: 'deploy' },
): StepContext => ({ runbook, facts, plan }) as StepContext;

describe('the baseline', () => {
  it('DAT-02: counts both times up to the same moment, by the clock of the database (E-26)', async () => {
    const { services, asked } = makeDatabase([12, 12]);
    const baseline = await takeBaseline.run(services, { env: 'production' }, withFacts({}));
    expect(baseline).toEqual({ numbers: { 'recent-users': 12 }, at: 1000, references: [] });
    await checkIntegrity.run(services, { env: 'production', baseline: 'baseline' }, withFacts({ baseline }));
    const counts = asked.filter((sql) => sql.includes('users'));
    expect(counts[0]).toContain('created_at < to_timestamp(1000)');
    expect(counts[1]).toBe(counts[0]);
  });

  it('DAT-02: refuses when one of those rows is gone', async () => {
    const { services } = makeDatabase([12, 11]);
    const baseline = await takeBaseline.run(services, { env: 'production' }, withFacts({}));
    const asked = checkIntegrity.run(
      services,
      { env: 'production', baseline: 'baseline' },
      withFacts({ baseline }),
    );
    await expect(asked).rejects.toMatchObject({ code: 'E_DATA_INTEGRITY' });
  });

  it('DAT-02: cannot say anything without a baseline, and does not ask', async () => {
    const { services, asked } = makeDatabase([12]);
    const answer = checkIntegrity.run(services, { env: 'production', baseline: 'baseline' }, withFacts({}));
    await expect(answer).rejects.toMatchObject({ code: 'E_DATA_UNKNOWN' });
    expect(asked).toEqual([]);
  });
});
