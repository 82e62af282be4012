import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import { findOpenRun, foldRuns, type RunState } from '../ledger/fold.ts';
import type { Held, Ledger } from '../ledger/ledger.ts';

export interface RunOrder {
  readonly ledger: Ledger;
  readonly scope: string;
  readonly run: string;
  readonly actor: string;
  readonly reason: string;
  readonly preempt?: 'rollback';
}

/** The refusal of anything new while a run is half way; exit 5. */
export const refuseHalfWay = (open: RunState): ReleaseError =>
  new ReleaseError('E_RUN_OPEN', {
    what: `${open.plan.command} ${open.plan.version} (${open.run}) is half way on ${open.plan.env}.`,
    why: 'Another run on top of it could not know what is in place.',
    next: `Go on: release ${open.plan.command} --resume. Go back: release rollback --to ${open.plan.from || 'previous'}. Leave it: release deploy --abandon --reason "…"`,
    state: 'partly-done',
  });

const nothingOpen = (scope: string, command: string): ReleaseError =>
  new ReleaseError('E_NOTHING_TO_RESUME', {
    what: `There is no interrupted ${command} on ${scope}.`,
    next: 'release status shows what is there.',
    state: 'untouched',
  });

/**
 * Takes the lock and stores the plan before its first effect. Refuses while an earlier run is half way (exit 5),
 * unless this is a rollback: that never waits.
 */
export async function startRun(
  order: RunOrder,
  planned: { readonly plan: Plan; readonly request: JsonObject; readonly configDigest: string },
): Promise<Held> {
  const { ledger, scope, run, actor, reason, preempt } = order;
  const open = findOpenRun(foldRuns(await ledger.read(scope)));
  const holder = await ledger.holder(scope);
  if (open !== undefined && holder?.alive !== true && preempt === undefined) throw refuseHalfWay(open);
  const held = await ledger.acquire(scope, { run, actor, reason, ...(preempt ? { preempt } : {}) });
  await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data: planned });
  return held;
}

/** Finds the run to go on with and takes its lock. Throws E_NOTHING_TO_RESUME when there is none. */
export async function resumeRun(
  order: Omit<RunOrder, 'run'>,
  command: Plan['command'],
): Promise<{ readonly held: Held; readonly state: RunState }> {
  const { ledger, scope, actor, reason } = order;
  const open = findOpenRun(foldRuns(await ledger.read(scope)));
  if (open === undefined || open.plan.command !== command) throw nothingOpen(scope, command);
  const held = await ledger.acquire(scope, { run: open.run, actor, reason });
  return { held, state: open };
}

/** Gives an interrupted run up: nothing is taken back, the lock is free, the reason is recorded. */
export async function abandonRun(order: Omit<RunOrder, 'run'>): Promise<RunState> {
  const { ledger, scope, actor, reason } = order;
  const open = findOpenRun(foldRuns(await ledger.read(scope)));
  if (open === undefined) throw nothingOpen(scope, 'run');
  const held = await ledger.acquire(scope, { run: open.run, actor, reason });
  await ledger.append(held, {
    id: `${open.run}:abandoned`,
    run: open.run,
    type: 'run.abandoned',
    data: { reason },
  });
  await ledger.release(held, 'abandoned');
  return open;
}
