import type { CommandOptions } from '../command.ts';
import { confirmHeavy, confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** True when what a smoke test makes is to stay (`--no-cleanup`). */
export const isKept = ({ cleanup }: CommandOptions): boolean => cleanup === false;

/**
 * Asks before anything is written. Records that stay are test data among those of customers: a protected environment takes
 * them only by its name.
 */
export async function confirmWriting(
  options: CommandOptions,
  context: CliContext,
  { env, environment }: Wired,
): Promise<void> {
  if (options.readOnly === true) return;
  if (!isKept(options)) return confirmLight(context, `Write test data to ${env} and delete it afterwards?`);
  if (!environment.protected) return confirmLight(context, `Write test data to ${env} and leave it there?`);
  context.out.note(`The test data will stay in ${env}.`);
  return confirmHeavy(context, { env, inFull: `release smoke --no-cleanup --env ${env} --yes` });
}
