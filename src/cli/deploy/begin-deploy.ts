import type { Plan } from '../../domain/plan.ts';
import { endReached } from '../../engine/end-run.ts';
import { startRun } from '../../engine/start-run.ts';
import type { Held } from '../../ledger/ledger.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import type { LockChoice } from '../runs/lock-choice.ts';
import { tellRun } from '../runs/tell-run.ts';
import type { Wired } from '../wired.ts';
import { loadAhead } from '../wiring/load-ahead.ts';
import type { Signed } from './refuse-unsigned.ts';

/** A run that only begins is recorded, and waits for whoever drives its steps. */
async function carryOut(
  { plan, held, onlyBegins }: { readonly plan: Plan; readonly held: Held; readonly onlyBegins: boolean },
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { run } = held;
  const result = onlyBegins
    ? { ...(await endReached(run, { ledger: wired.ledger, held })), facts: {}, tookMs: 0 }
    : await conductPlan(context, wired, { plan, held });
  return tellRun({ plan, run }, result, context, wired);
}

export interface Beginning {
  readonly plan: Plan;
  readonly run: string;
  /** The newest run when the plan was made. */
  readonly lastRun: string;
  readonly lock: LockChoice;
  readonly gate: { readonly needsWindow: boolean };
  readonly signed: Signed | undefined;
}

/** Takes the lock and records what was agreed to; whoever lost a lock by it is told. */
async function begin(
  { plan, run, lastRun, lock, gate, signed }: Beginning,
  context: CliContext,
  wired: Wired,
): Promise<Held> {
  const { version } = plan;
  const order = {
    ledger: wired.ledger,
    scope: wired.scope,
    run,
    actor: await context.readActor(),
    reason: lock.takeover ?? `deploys ${version}`,
    takeover: lock.takeover !== undefined,
    lastRun,
  };
  const taken = signed?.taken && {
    items: signed.taken.items.map((one) => ({ ...one })),
    run: signed.taken.run,
  };
  const request = {
    ...{ version, by: 'command line', needsWindow: gate.needsWindow },
    ...(taken === undefined ? {} : { decision1: taken }),
  };
  await loadAhead(wired);
  const held = await startRun(order, { plan, request, configDigest: wired.digest });
  for (const line of await tellTakeover({ run, plan, goesOn: 'begins' }, lock, wired)) context.out.note(line);
  return held;
}

/** A run from its lock to its last word, once people have agreed to its plan; `onlyBegins`: to its record alone. */
export async function beginDeploy(
  beginning: Beginning,
  onlyBegins: boolean,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const held = await begin(beginning, context, wired);
  return carryOut({ plan: beginning.plan, held, onlyBegins }, context, wired);
}
