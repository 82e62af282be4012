import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { seeSchema } from '../../../src/steps/postgres/see-schema.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const context = { runbook: makeRunbook() } as StepContext;
const see = (count: number) => {
  const appliedMigrations = async () => Array.from({ length: count }, (_, i) => ({ hash: `h${i}`, when: i }));
  return seeSchema.run(
    onlyThese({ postgres: { appliedMigrations } }),
    { env: 'production', applied: 4 },
    context,
  );
};

describe('the schema as planned', () => {
  it('has as many migrations as when the plan was made', async () => {
    expect(await see(4)).toEqual({ applied: 4 });
  });

  it.each([3, 5])('makes the plan stale with %i instead of 4', async (count) => {
    await expect(see(count)).rejects.toMatchObject({ code: 'E_PLAN_STALE' });
  });
});
