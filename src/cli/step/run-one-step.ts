import { findNextEntry } from '../../ledger/find-next-entry.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { type ResumedCommand, resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { findRun } from './find-run.ts';
import { judgeStep } from './judge-step.ts';

function alreadyDone(state: RunState, step: string, { env, runbook }: Wired): CommandResult {
  const next = findNextEntry(state)?.name;
  return {
    exitCode: EXIT.ok,
    verdict: next === undefined ? 'completed' : 'reached',
    result: { step, alreadyDone: true, done: state.facts[step] ?? {}, next: next ?? null },
    text: `  ✔ ${step} of ${state.run} is done already; nothing was done now.`,
    next: next === undefined ? [] : [`release step run ${state.run} ${next} --env ${env}`],
    warnings: [],
    env,
    version: state.plan.version,
    run: state.run,
    sandbox: runbook.sandbox,
  };
}

/**
 * `release step run`: carries out the next step of a run that stands still, and lets it stand still again. Throws
 * E_RUN_UNKNOWN, E_NOTHING_TO_RESUME or E_STEP_NOT_NEXT (exit 2) before anything is done.
 */
export async function runOneStep(
  [run, step]: readonly [string, string],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const events = await wired.ledger.read(wired.scope);
  const state = findRun(events, run, wired.scope);
  if (judgeStep(foldRuns(events), state, step) === 'done') return alreadyDone(state, step, wired);
  return resumeCommand(state.plan.command as ResumedCommand, options, context, wired, { run, step });
}
