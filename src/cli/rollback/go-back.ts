import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { sayWayPast } from './say-way-past.ts';
import { type RollbackCause, startRollback } from './start-rollback.ts';

/** A new rollback, or the interrupted one, up to where users are in again. `cause` is of a new one. */
export async function goBack(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  cause: RollbackCause = {},
): Promise<CommandResult> {
  try {
    return await (options.resume === true
      ? resumeCommand('rollback', options, context, wired)
      : startRollback(options, context, wired, cause));
  } catch (error) {
    throw sayWayPast(error, options, wired.env);
  }
}
