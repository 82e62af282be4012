import { expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import type { MigrationOrder } from '../../../src/services/postgres/port.ts';
import { migrate } from '../../../src/steps/postgres/migrate.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const context = {
  runbook: makeRunbook(),
  run: 'r-1',
  scope: 'rur2/production',
  epoch: 1,
  guard: () => undefined,
  tell: () => undefined,
} as unknown as StepContext;
const JOURNAL = JSON.stringify({ entries: [{ tag: '0043_note', when: 5 }] });

/** The order that a step gives to the database. */
async function orderOf(input: { lockTimeoutMs?: number }): Promise<MigrationOrder | undefined> {
  let given: MigrationOrder | undefined;
  const services = onlyThese({
    git: {
      readFile: async (_commit, path) => (path.endsWith('.json') ? JOURNAL : 'select 1'),
      listFiles: async () => [],
    },
    postgres: {
      applyMigration: async (_env, _file, order) => {
        given = order;
        return { tookMs: 1 };
      },
    },
  });
  await migrate.run(services, { env: 'production', commit: 'c', tag: '0043_note', ...input }, context);
  return given;
}

it('MIG-01: waits for its lock as long as the plan says', async () => {
  expect(await orderOf({ lockTimeoutMs: 1200 })).toMatchObject({ lockTimeoutMs: 1200, lockTries: 4 });
});

it('MIG-01: waits as long as configured when the plan says nothing', async () => {
  expect(await orderOf({})).toMatchObject({ lockTimeoutMs: 3000 });
});
