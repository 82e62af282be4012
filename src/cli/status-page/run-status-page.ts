import { ReleaseError } from '../../domain/failure.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { whyNotResolved } from '../../ledger/why-not-resolved.ts';
import { sayIncidents } from '../../report/status-page-text.ts';
import type { StatusIncident } from '../../services/statuspage/port.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { resolveIncidents } from './resolve-incidents.ts';

const notResolved = (why: string, env: string): ReleaseError =>
  new ReleaseError('E_NOT_RESOLVED', {
    what: `Customers must not read "resolved" of ${env} yet: ${why}.`,
    why: 'It would be untrue, or nobody knows whether it is true.',
    next: `See to that first (release status --env ${env}). Whoever knows better says it on the page itself.`,
    state: 'untouched',
  });

const notConfigured = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `environments.${env}.statusPage is not configured.`,
    next: 'Describe it (docs/status-page.md), or tell customers by hand.',
    state: 'untouched',
  });

const resultOf = (
  { env, runbook, clock }: Wired,
  incidents: readonly StatusIncident[] | undefined,
  resolved: readonly StatusIncident[],
  why: string | undefined,
): CommandResult => {
  const open = incidents?.filter(({ state }) => state !== 'resolved') ?? [];
  return {
    exitCode: EXIT.ok,
    result: {
      incidents: incidents?.map((one) => ({ ...one })) ?? null,
      resolved: resolved.map(({ run }) => run),
    },
    text: sayIncidents(env, incidents, resolved, { now: clock.now(), zone: runbook.timezone }),
    next: open.length > 0 && why === undefined ? [`release status-page --resolve --env ${env}`] : [],
    warnings: open.length > 0 && why !== undefined ? [`"resolved" is not true yet: ${why}.`] : [],
    env,
    sandbox: runbook.sandbox,
  };
};

/**
 * `release status-page`: what customers read of our rollbacks; with --resolve, a person says that it is over where no watch
 * has (RBX-7.2). Throws E_NOT_RESOLVED (3) while that is not true by the record.
 */
export async function runStatusPage(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { services, env, configured, ledger, scope } = wired;
  if (!configured.has('statuspage')) throw notConfigured(env);
  const read = async () =>
    services.statuspage.canRead(env) ? services.statuspage.list(env) : Promise.resolve(undefined);
  const runs = foldRuns(await ledger.read(scope));
  const why = whyNotResolved(runs);
  if (options.resolve !== true) return resultOf(wired, await read(), [], why);
  if (why !== undefined) throw notResolved(why, env);
  await confirmLight(context, `Tell customers of ${env} that it is resolved?`);
  const resolved = await resolveIncidents(wired, runs, await context.readActor());
  return resultOf(wired, await read(), resolved, why);
}
