import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { StepContext } from '../../../src/kit.ts';
import { countLoss } from '../../../src/steps/postgres/count-loss.ts';
import { onlyThese } from '../../support/policy.ts';

const point = { at: '2025-10-01T13:26:30.000Z', lsn: '0/10', xid: '757:757:' };
const input = { env: 'production', ...point, agreedMinutes: 34, keepAs: 'pre-rollback-v2.0.3-7f3a' };
const earlier = { rows: 9, tables: 1, minutes: 34 };

/** A database whose clock says `now`; `isRestored` when Neon already keeps the state before. */
async function count(now: string, facts: Record<string, JsonObject> = {}, isRestored = false) {
  const asked: string[] = [];
  const services = onlyThese({
    postgres: {
      writtenSince: async (env, given) => {
        asked.push(`${env} since ${given.at} ${given.lsn} ${given.xid}`);
        return [
          { table: 'users', rows: 12 },
          { table: 'assessments', rows: 200 },
          { table: 'facilities', rows: 0 },
        ];
      },
      restorePoint: async () => ({ at: `2025-10-01T${now}.000Z`, lsn: '0/90', xid: '790:790:' }),
    },
    neon: {
      findBackup: async (_, name) =>
        isRestored ? { id: 'br-1', name, createdAt: point.at, ready: true } : undefined,
    },
  });
  const context = { facts, step: 'count-loss', plan: { version: 'v2.0.3' }, tell: () => undefined };
  const done = await countLoss.run(services, input, context as unknown as StepContext);
  return { done, asked };
}

describe('the loss, counted right before the restore', () => {
  it('RBX-4C1, E-86: is asked again and recorded, by the clock of the database', async () => {
    expect(await count('14:05:00')).toEqual({
      done: { rows: 212, tables: 2, minutes: 39 },
      asked: ['production since 2025-10-01T13:26:30.000Z 0/10 757:757:'],
    });
  });

  it('E-86: may be 15 minutes more than was agreed to, and not one more', async () => {
    expect((await count('14:15:30')).done.minutes).toBe(34 + 15);
    await expect(count('14:15:31')).rejects.toMatchObject({
      code: 'E_LOSS_GREW',
      text: {
        what: expect.stringContaining('50 minutes: 212 rows in 2 tables'),
        next: expect.stringContaining('release rollback --to v2.0.3 --db restore'),
        state: 'partly-done',
      },
    });
  });

  it('is counted anew when a run comes back before the restore', async () => {
    expect((await count('14:05:00', { 'count-loss': earlier })).done.rows).toBe(212);
  });

  it('stays as it was counted once the database is restored, however late it is asked again', async () => {
    expect(await count('19:00:00', { 'count-loss': earlier }, true)).toEqual({ done: earlier, asked: [] });
  });
});
