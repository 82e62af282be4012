import { sayDuration } from '../../domain/duration.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RunResult } from '../../engine/run-plan.ts';
import { foldRun } from '../../ledger/fold.ts';
import { makePaint } from '../../report/color.ts';
import { errorAsJson } from '../../report/errors.ts';
import { sayRun } from '../../report/verdict-run.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { judgeEnding } from './judge-ending.ts';
import { listEntries } from './list-entries.ts';
import { sayFacts } from './say-facts.ts';
import { stepOn, waysOn } from './ways-on.ts';

/** The end of a run for people and machines. */
export async function tellRun(
  { plan, run }: { readonly plan: Plan; readonly run: string },
  result: RunResult,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const ending = judgeEnding(plan, result, context.stop);
  const { terminal } = context;
  const remedy = result.error?.text.next;
  const facts = [...(remedy === undefined ? [] : [remedy]), ...sayFacts(result.facts)];
  const story = {
    command: plan.command,
    env: plan.env,
    version: plan.version,
    verdict: ending.verdict,
    said: result.said,
    tookMs: result.tookMs,
    facts,
  };
  const look = { paint: makePaint(terminal.color.stdout), ascii: terminal.ascii, columns: 80 };
  return {
    exitCode: ending.exitCode,
    verdict: ending.verdict,
    result: {
      from: plan.from,
      to: plan.version,
      plan: plan.digest,
      took: sayDuration(result.tookMs),
      at: result.at ?? null,
      said: result.said,
      error: result.error ? errorAsJson(result.error) : null,
      steps: listEntries(plan, foldRun(await wired.ledger.read(wired.scope), run)),
      facts: { ...result.facts },
    },
    text: sayRun(story, look),
    next: ending.verdict === 'reached' ? stepOn(plan, run, result.at) : waysOn(plan, ending),
    warnings: [],
    env: plan.env,
    version: plan.version,
    run,
    sandbox: wired.runbook.sandbox,
  };
}
