import type { Plan } from '../../domain/plan.ts';
import type { RollbackClock } from '../../domain/rollback-clock.ts';
import { type RunResult, runPlan } from '../../engine/run-plan.ts';
import type { Held } from '../../ledger/ledger.ts';
import { listCalls } from '../../report/list-calls.ts';
import type { CliContext } from '../context.ts';
import { recordSchemaMoves } from '../drift/record-schema-moves.ts';
import { openProgress } from '../progress.ts';
import type { Wired } from '../wired.ts';
import { makeTools } from './make-tools.ts';
import { tellOverdue } from './tell-overdue.ts';

interface PlanOrder {
  readonly plan: Plan;
  readonly held: Held;
  readonly until?: string | undefined;
  /** Of a rollback, by its urgency. */
  readonly clock?: RollbackClock | undefined;
}

/** Runs a plan whose lock is held, and shows it. Every question was asked before (ux D4). */
export async function conductPlan(context: CliContext, wired: Wired, order: PlanOrder): Promise<RunResult> {
  const { plan, held, until, clock } = order;
  const progress = await openProgress(context);
  try {
    const now = (): number => wired.clock.now().getTime();
    const whom = () =>
      listCalls(wired.runbook, wired.env, wired.clock.now(), false).map(
        ({ name, title }) => `${name} (${title})`,
      );
    const emit = tellOverdue(progress.emit, clock, now, whom);
    const tools = makeTools(context, wired, held, plan, emit);
    const about = { plan, run: held.run };
    return await recordSchemaMoves(wired, about, () => runPlan({ ...about, tools, until }));
  } finally {
    await progress.close();
  }
}
