import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { abandonDeploy } from './abandon-deploy.ts';
import { startDeploy } from './start-deploy.ts';

/** `release deploy`: a new run, the interrupted one, or the end of one that nobody goes on with. */
export async function runDeploy(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  if (options.abandon === true) return abandonDeploy(options, context, wired);
  if (options.resume === true) return resumeCommand('deploy', options, context, wired);
  return startDeploy(typed, options, context, wired);
}
