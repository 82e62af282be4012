import type { Plan } from '../../domain/plan.ts';
import type { RollbackClock } from '../../domain/rollback-clock.ts';
import { type RunResult, runPlan } from '../../engine/run-plan.ts';
import type { Held } from '../../ledger/ledger.ts';
import { overhear } from '../../ledger/overhear.ts';
import { listCalls } from '../../report/list-calls.ts';
import { makeCardKeeper } from '../card/make-card-keeper.ts';
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
  /** Entries of which a person says that they stand. */
  readonly vouched?: ReadonlySet<string> | undefined;
  /** Of a rollback, by its urgency. */
  readonly clock?: RollbackClock | undefined;
}

/** Runs a plan whose lock is held, and shows it. Every question was asked before (ux D4). */
export async function conductPlan(context: CliContext, wired: Wired, order: PlanOrder): Promise<RunResult> {
  const { plan, held, until, clock, vouched } = order;
  const progress = await openProgress(context);
  const mayWrite = (): boolean => wired.clock.monotonic() < held.deadline();
  const cards = makeCardKeeper(held.run, wired, mayWrite);
  const heard = wired.configured.has('slack')
    ? { ...wired, ledger: overhear(wired.ledger, cards.show) }
    : wired;
  try {
    const now = (): number => wired.clock.now().getTime();
    const whom = () =>
      listCalls(wired.runbook, wired.env, wired.clock.now(), false).map(
        ({ name, title }) => `${name} (${title})`,
      );
    const emit = tellOverdue(progress.emit, clock, now, whom);
    const made = makeTools(context, heard, held, plan, emit);
    const tools = vouched === undefined ? made : { ...made, vouched };
    const about = { plan, run: held.run };
    return await recordSchemaMoves(wired, { plan, held }, () => runPlan({ ...about, tools, until }));
  } finally {
    await progress.close();
    for (const line of await cards.close()) context.out.note(`  ▲ ${line}`);
  }
}
