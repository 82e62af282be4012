import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findUnsynced } from '../ledger/find-unsynced.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { abandonDeploy } from './abandon-deploy.ts';
import { readOnFailure } from './on-failure.ts';
import { startDeploy } from './start-deploy.ts';
import { takeBack } from './take-back.ts';

/** `release deploy`: a new run, the interrupted one, or the end of one that nobody goes on with; and the way back when it fails. */
export async function runDeploy(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  if (options.abandon === true) return abandonDeploy(options, context, wired);
  const policy = readOnFailure(options, context, wired);
  const unsynced = await findUnsynced(context, wired);
  // Before the question, and once more at the end, where it has not scrolled away. --plan asks nothing.
  if (unsynced && !context.flags.plan) context.out.note(`  ▲ ${unsynced.said}\n`);
  const ended =
    options.resume === true
      ? await resumeCommand('deploy', options, context, wired)
      : await startDeploy(typed, options, context, wired);
  const result = await takeBack(ended, policy, context, wired);
  return unsynced ? { ...result, warnings: [...result.warnings, unsynced.said] } : result;
}
