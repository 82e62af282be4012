import { describe, expect, it } from 'vitest';
import type { BehindSequence } from '../../../src/domain/gap/gap.ts';
import type { StepContext } from '../../../src/kit.ts';
import { raiseSequences } from '../../../src/steps/postgres/raise-sequences.ts';
import { onlyThese } from '../../support/policy.ts';

const behind: readonly BehindSequence[] = [
  {
    name: 'public.users_id_seq',
    quoted: 'public.users_id_seq',
    literal: '',
    to: '61',
    goesUp: true,
    owner: null,
  },
];

async function raise(isKept: boolean, unreadSequences: string[] = []) {
  const asked: unknown[] = [];
  const services = onlyThese({
    neon: {
      findBackup: async (_, name) => (isKept ? { id: 'br-1', name, createdAt: '', ready: true } : undefined),
      withOpenBackup: async (_, id, read) => read(`postgres://kept/${id}`),
    },
    postgres: {
      sequencesBehind: async (_, url) => {
        asked.push(url);
        return { sequences: behind, unreadSequences };
      },
      raiseSequences: async (_, which) => void asked.push(which),
    },
  });
  const context = { guard: () => asked.push('guard'), tell: () => undefined };
  const input = { env: 'production', keptAs: 'pre-rollback-v2.0.3-aaaa' };
  const done = await raiseSequences.run(services, input, context as unknown as StepContext);
  return { done, asked };
}

describe('sequences after a restore', () => {
  it('RBX-4C2: are raised to where the kept state had them, once the right to act is sure', async () => {
    expect(await raise(true)).toEqual({
      done: { raised: 1 },
      asked: ['postgres://kept/br-1', 'guard', behind],
    });
  });

  it('are named when the role may not read where they stand; the others are raised', async () => {
    await expect(raise(true, ['public.own_seq'])).rejects.toMatchObject({
      code: 'E_DB_RIGHTS',
      text: { what: expect.stringContaining('public.own_seq'), state: 'partly-done' },
    });
  });

  it('are not called raised when the kept state is not there', async () => {
    await expect(raise(false)).rejects.toMatchObject({ code: 'E_KEPT_GONE', text: { state: 'untouched' } });
  });
});
