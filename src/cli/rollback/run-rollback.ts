import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { startRollback } from './start-rollback.ts';

/** `release rollback`: a new one, or the interrupted one. */
export const runRollback = async (
  _args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> =>
  options.resume === true
    ? resumeCommand('rollback', options, context, wired)
    : startRollback(options, context, wired);
