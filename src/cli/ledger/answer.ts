import type { JsonObject } from '../../domain/json.ts';
import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

/** A good end of `release ledger`. */
export const answer = (
  { env, runbook }: Pick<Wired, 'env' | 'runbook'>,
  lines: readonly string[],
  result: JsonObject,
  next: readonly string[] = [],
): CommandResult => ({
  exitCode: EXIT.ok,
  result,
  text: lines.join('\n'),
  next,
  warnings: [],
  env,
  sandbox: runbook.sandbox,
});
