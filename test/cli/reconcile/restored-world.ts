import { dataBack } from '../../../src/plans/data-back.ts';
import type { RestorePoint } from '../../../src/services/postgres/port.ts';
import { planOf } from '../../support/run-events.ts';
import { makeCliWorld, type WantedWorld } from '../cli-world.ts';

export const point: RestorePoint = { at: '2025-10-01T13:26:30.000Z', lsn: '0/10', xid: '757:757:' };
export const keepAs = 'pre-rollback-v2.0.3-aaaa';
export const run = 'r-20251001-1400-aaaa';

/** A program whose ledger knows a rollback that restored the database, or only began to. */
export async function makeRestoredWorld(wanted: WantedWorld, isRestored = true) {
  const world = makeCliWorld({ command: 'rollback', ...wanted });
  const { ledger, wired } = world;
  const entries = dataBack({ kind: 'restore', ...point, keepAs, agreedMinutes: 34 }, 'production', true);
  const plan = { ...planOf(1), command: 'rollback' as const, entries };
  const held = await ledger.acquire(wired.scope, { run, actor: 'Dana Ito', reason: 'rolls back' });
  const data = { plan, request: {}, configDigest: 'd1' };
  await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data });
  const step = 'restore-database';
  const done = { how: 'effect', done: { keptAs: keepAs }, tookMs: 1 } as const;
  if (isRestored) await ledger.append(held, { id: `${run}:done`, run, step, type: 'step.done', data: done });
  await ledger.release(held, 'completed');
  return world;
}
