import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { startDeploy } from '../deploy/start-deploy.ts';
import type { Wired } from '../wired.ts';
import { listSteps } from './list-steps.ts';
import { runOneStep } from './run-one-step.ts';

const misunderstood = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'release step knows begin <version>, list [run] and run <run> <step>.',
    next: 'release step --help',
    state: 'untouched',
  });

/** `release step`: one step at a time, for a program that drives the release. */
export async function runStepCommand(
  [what, first, second]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  if (what === 'begin' && second === undefined)
    return startDeploy(first, options, context, wired, { onlyBegins: true });
  if (what === 'list' && second === undefined) return listSteps(first, context, wired);
  if (what === 'run' && first !== undefined && second !== undefined)
    return runOneStep([first, second], options, context, wired);
  throw misunderstood();
}
