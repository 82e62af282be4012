import type { Version } from '../../domain/version.ts';
import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

/** The end of a rollback that changed nothing: its plan, or that there is nothing to do. */
export const tellStanding = (
  version: Version,
  text: string,
  wired: Wired,
  result: CommandResult['result'],
): CommandResult => ({
  exitCode: EXIT.ok,
  result,
  text,
  next: [],
  warnings: [],
  env: wired.env,
  version,
  sandbox: wired.runbook.sandbox,
});
