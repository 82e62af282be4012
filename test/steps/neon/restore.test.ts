import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { restore } from '../../../src/steps/neon/restore.ts';
import { onlyThese } from '../../support/policy.ts';

async function run(attempt: number, isThere: boolean) {
  const asked: string[] = [];
  const services = onlyThese({
    neon: {
      awaitRestore: async (_, keepAs) => {
        asked.push(`await ${keepAs}`);
        return isThere;
      },
      restore: async (_, __, keepAs) => void asked.push(`restore ${keepAs}`),
    },
  });
  const context = { attempt, guard: () => asked.push('guard') };
  const input = { env: 'production', lsn: '0/10', keepAs: 'pre-rollback-v2.0.3-aaaa' };
  const done = await restore.run(services, input, context as unknown as StepContext);
  return { done, asked };
}

describe('the restore of a rollback', () => {
  it('asks for one, once the right to act is sure', async () => {
    expect((await run(1, false)).asked).toEqual(['guard', 'restore pre-rollback-v2.0.3-aaaa']);
  });

  it('E-48: waits, on a later attempt, for one that landed late or that a person began, and asks for no second', async () => {
    expect(await run(2, true)).toEqual({
      done: { keptAs: 'pre-rollback-v2.0.3-aaaa' },
      asked: ['await pre-rollback-v2.0.3-aaaa'],
    });
  });

  it('asks again, on a later attempt, where nothing was kept', async () => {
    expect((await run(2, false)).asked.at(-1)).toBe('restore pre-rollback-v2.0.3-aaaa');
  });
});
