import type { Plan } from '../../domain/plan.ts';
import { type RunResult, runPlan } from '../../engine/run-plan.ts';
import type { Held } from '../../ledger/ledger.ts';
import type { CliContext } from '../context.ts';
import { recordSchemaMoves } from '../drift/record-schema-moves.ts';
import { openProgress } from '../progress.ts';
import type { Wired } from '../wired.ts';
import { makeTools } from './make-tools.ts';

/** Runs a plan whose lock is held, and shows it. Every question was asked before (ux D4). */
export async function conductPlan(
  context: CliContext,
  wired: Wired,
  order: { readonly plan: Plan; readonly held: Held; readonly until?: string | undefined },
): Promise<RunResult> {
  const { plan, held, until } = order;
  const progress = await openProgress(context);
  try {
    const tools = makeTools(context, wired, held, plan, progress.emit);
    const about = { plan, run: held.run };
    return await recordSchemaMoves(wired, about, () => runPlan({ ...about, tools, until }));
  } finally {
    await progress.close();
  }
}
