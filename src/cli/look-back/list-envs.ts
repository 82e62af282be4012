import type { Runbook } from '../../config/schema/index.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** The environments to look at: the one that is named, or all of them. An unknown name is refused by `wire`. */
export async function listEnvs(
  context: CliContext,
  wire: (context: CliContext) => Promise<Pick<Wired, 'runbook' | 'env' | 'close'>>,
): Promise<{ readonly envs: readonly string[]; readonly runbook: Runbook }> {
  const wired = await wire(context);
  await wired.close();
  const { runbook, env } = wired;
  return { runbook, envs: context.flags.env === undefined ? Object.keys(runbook.environments) : [env] };
}
