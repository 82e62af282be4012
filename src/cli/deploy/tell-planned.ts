import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

/** The end of a deploy that was only planned. */
export const tellPlanned = (
  id: string,
  text: string,
  version: string,
  { env, runbook }: Wired,
): CommandResult => ({
  exitCode: EXIT.ok,
  verdict: 'go',
  result: { plan: id },
  text,
  next: [`release deploy ${version} --plan-id ${id} --env ${env}`],
  warnings: [],
  env,
  version,
  sandbox: runbook.sandbox,
});
