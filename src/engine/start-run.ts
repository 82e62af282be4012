import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import { findOpenRun, foldRuns, type RunState } from '../ledger/fold.ts';
import type { Held, Ledger } from '../ledger/ledger.ts';
import { readAsHolder } from '../ledger/read-as-holder.ts';

export interface RunOrder {
  readonly ledger: Ledger;
  readonly scope: string;
  readonly run: string;
  readonly actor: string;
  readonly reason: string;
  readonly preempt?: 'rollback';
  /**
   * The newest run that the plan knows of, '' for none; a later one makes the plan stale. Default: what is there when
   * the lock is asked for.
   */
  readonly lastRun?: string;
  /** Take the lock from a holder that may still live; the reason is recorded. */
  readonly takeover?: boolean;
}

function sayWaysOn({ plan: { command, from } }: RunState): string {
  if (command === 'prepare')
    return 'Go on: release prepare --resume. Leave it: release prepare --abandon --reason "…"';
  return `Go on: release ${command} --resume. Go back: release rollback --to ${from || 'previous'}. Leave it: release deploy --abandon --reason "…"`;
}

/** The refusal of anything new while a run is half way; exit 5. */
export const refuseHalfWay = (open: RunState): ReleaseError =>
  new ReleaseError('E_RUN_OPEN', {
    what: `${open.plan.command} ${open.plan.version} (${open.run}) is half way${open.plan.command === 'prepare' ? '' : ` on ${open.plan.env}`}.`,
    why: 'Another run on top of it could not know what is in place.',
    next: sayWaysOn(open),
    state: 'partly-done',
  });

const nothingOpen = (scope: string, command: string): ReleaseError =>
  new ReleaseError('E_NOTHING_TO_RESUME', {
    what: `There is no interrupted ${command} on ${scope}.`,
    next: 'release status shows what is there.',
    state: 'untouched',
  });

type Place = Pick<RunOrder, 'ledger' | 'scope'>;

const readRuns = async ({ ledger, scope }: Place): Promise<readonly RunState[]> =>
  foldRuns(await ledger.read(scope));

const recallRuns = async (ledger: Ledger, held: Held): Promise<readonly RunState[]> =>
  foldRuns(await readAsHolder(ledger, held));

const findOpen = async (place: Place): Promise<RunState | undefined> => findOpenRun(await readRuns(place));

function take(order: RunOrder): Promise<Held> {
  const { ledger, scope, run, actor, reason, preempt, takeover } = order;
  const more = { ...(preempt ? { preempt } : {}), ...(takeover ? { takeover } : {}) };
  return ledger.acquire(scope, { run, actor, reason, ...more });
}

const stale = ({ plan, run }: RunState): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `${plan.command} ${plan.version} (${run}) came in between.`,
    why: 'This plan was made before it, for a world that is not there any more.',
    next: 'Run the command again; it makes a new plan.',
    state: 'untouched',
  });

/** Why a plan must not start on what the ledger holds now that the lock is ours; undefined when it may. */
function whyNot(runs: readonly RunState[], lastRun: string): ReleaseError | undefined {
  const open = findOpenRun(runs);
  if (open !== undefined) return refuseHalfWay(open);
  const newest = runs.at(-1);
  return newest === undefined || newest.run === lastRun ? undefined : stale(newest);
}

/** Gives the lock back and throws: between the first look and the lock somebody else changed what is there. */
async function giveBack(
  { ledger }: Pick<RunOrder, 'ledger'>,
  held: Held,
  error: ReleaseError,
): Promise<never> {
  await ledger.release(held, 'refused');
  throw error;
}

/** The lock for what waits for others: a look before it, so that nobody's right is taken for nothing, and one behind it. */
async function takeInTurn(order: RunOrder): Promise<Held> {
  const { ledger, scope, takeover } = order;
  // One question to a store that is far away.
  const [before, holder] = await Promise.all([readRuns(order), ledger.holder(scope)]);
  const open = findOpenRun(before);
  const isFree = takeover === true || holder?.alive !== true;
  if (open !== undefined && isFree) throw refuseHalfWay(open);
  const held = await take(order);
  const error = whyNot(await recallRuns(ledger, held), order.lastRun ?? before.at(-1)?.run ?? '');
  return error === undefined ? held : giveBack(order, held, error);
}

/**
 * Takes the lock and stores the plan before its first effect. Refuses while an earlier run is half way
 * (E_RUN_OPEN), somebody is at work (E_LOCKED) or another run came after the plan was made (E_PLAN_STALE), unless this
 * is a rollback: that never waits, and asks for nothing that could not stop it.
 */
export async function startRun(
  order: RunOrder,
  planned: { readonly plan: Plan; readonly request: JsonObject; readonly configDigest: string },
): Promise<Held> {
  const { ledger, run, preempt } = order;
  const held = preempt === undefined ? await takeInTurn(order) : await take(order);
  const event = { id: `${run}:planned`, run, type: 'run.planned', data: planned } as const;
  // It stands before the first promise of an effect at the latest; until then there is nothing to go on with.
  await ledger.append(held, event, { mayWait: true });
  return held;
}

/**
 * Finds the run to go on with and takes its lock. Throws E_NOTHING_TO_RESUME when there is none, E_LOCKED when
 * somebody is at work on it. `refuse` may throw at what was found, before the lock is taken. `run`: this one alone.
 */
export async function resumeRun(
  order: Omit<RunOrder, 'run' | 'preempt' | 'lastRun'>,
  command: Plan['command'],
  refuse: (open: RunState) => void = () => undefined,
  run?: string,
): Promise<{ readonly held: Held; readonly state: RunState }> {
  const { scope } = order;
  const open = await findOpen(order);
  const isMeant = open?.plan.command === command && (run === undefined || open.run === run);
  if (open === undefined || !isMeant) throw nothingOpen(scope, command);
  refuse(open);
  const held = await take({
    ...order,
    run: open.run,
    ...(command === 'rollback' ? { preempt: command } : {}),
  });
  const state = findOpenRun(await recallRuns(order.ledger, held));
  if (state?.run !== open.run) return giveBack(order, held, nothingOpen(scope, command));
  return { held, state };
}

/** Gives an interrupted run up: nothing is taken back, the lock is free, the reason is recorded. */
export async function abandonRun(order: Omit<RunOrder, 'run' | 'preempt' | 'lastRun'>): Promise<RunState> {
  const { ledger, scope, reason } = order;
  const open = await findOpen(order);
  if (open === undefined) throw nothingOpen(scope, 'run');
  const { run } = open;
  const held = await take({ ...order, run });
  if (findOpenRun(await recallRuns(ledger, held))?.run !== run)
    return giveBack(order, held, nothingOpen(scope, 'run'));
  await ledger.append(held, { id: `${run}:abandoned`, run, type: 'run.abandoned', data: { reason } });
  await ledger.release(held, 'abandoned');
  return open;
}
