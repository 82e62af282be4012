import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import { startRun } from '../../engine/start-run.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import type { LockChoice } from '../runs/lock-choice.ts';
import { tellRun } from '../runs/tell-run.ts';
import type { Wired } from '../wired.ts';

interface Planned {
  readonly plan: Plan;
  readonly run: string;
  readonly lock: LockChoice;
  /** The newest run that the plan knows of. */
  readonly lastRun: string;
  readonly request: JsonObject;
  /** What the lock is held for. */
  readonly reason: string;
}

/** Stores a plan that somebody agreed to, and carries it out. `own` has the scope of preparations. */
export async function pushPlanned(context: CliContext, own: Wired, planned: Planned): Promise<CommandResult> {
  const { plan, run, lock, lastRun, request, reason } = planned;
  const { ledger, scope, digest } = own;
  const actor = await context.readActor();
  const takeover = lock.takeover !== undefined;
  const order = { ledger, scope, run, actor, reason: lock.takeover ?? reason, takeover, lastRun };
  const held = await startRun(order, { plan, request, configDigest: digest });
  return tellRun({ plan, run }, await conductPlan(context, own, { plan, held }), context, own);
}
