import type { PlanEntry } from '../../../src/domain/plan.ts';
import { dataBack } from '../../../src/plans/data-back.ts';
import type { RestorePoint } from '../../../src/services/postgres/port.ts';
import { planOf } from '../../support/run-events.ts';
import { makeCliWorld, type WantedWorld } from '../cli-world.ts';

export const point: RestorePoint = { at: '2025-10-01T13:26:30.000Z', lsn: '0/10', xid: '757:757:' };
export const keepAs = 'pre-rollback-v2.0.3-aaaa';
export const run = 'r-20251001-1400-aaaa';

export interface Story {
  /** How the restore ended: recorded as done, only begun, or never begun. */
  readonly ended?: 'done' | 'begun' | 'no';
  /** Steps of the deploy that was undone; none when the ledger knows no deploy. */
  readonly deployed?: readonly string[];
}

async function deploy({ ledger, wired }: ReturnType<typeof makeCliWorld>, steps: readonly string[]) {
  const run = 'r-20251001-1330-dddd';
  const like = planOf(1);
  const entries = steps.map((step) => ({ ...(like.entries[0] as PlanEntry & { kind: 'step' }), step }));
  const held = await ledger.acquire(wired.scope, { run, actor: 'Dana Ito', reason: 'deploys' });
  const data = { plan: { ...like, entries }, request: {}, configDigest: 'd1' };
  await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data });
  await ledger.release(held, 'completed');
}

/** A program whose ledger knows a rollback that restored the database, or only began to. */
export async function makeRestoredWorld(wanted: WantedWorld, { ended = 'done', deployed }: Story = {}) {
  const world = makeCliWorld({ command: 'rollback', ...wanted });
  const { ledger, wired } = world;
  if (deployed !== undefined) await deploy(world, deployed);
  const entries = dataBack({ kind: 'restore', ...point, keepAs, agreedMinutes: 34 }, 'production', true);
  const plan = { ...planOf(1), command: 'rollback' as const, entries };
  const held = await ledger.acquire(wired.scope, { run, actor: 'Dana Ito', reason: 'rolls back' });
  const data = { plan, request: {}, configDigest: 'd1' };
  await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data });
  const step = 'restore-database';
  const done = { how: 'effect', done: { keptAs: keepAs }, tookMs: 1 } as const;
  const intent = { attempt: 1, key: 'k', inputDigest: 'd' };
  if (ended === 'begun')
    await ledger.append(held, { id: `${run}:intent`, run, step, type: 'step.intent', data: intent });
  if (ended === 'done')
    await ledger.append(held, { id: `${run}:done`, run, step, type: 'step.done', data: done });
  await ledger.release(held, 'completed');
  return world;
}
