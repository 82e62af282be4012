import { makeStatusOrder } from '../../kit.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { StatusIncident } from '../../services/statuspage/port.ts';
import type { Wired } from '../wired.ts';

/** Name of the fact that a run's incident is over; its entry of the plan is `status-…`. */
const RESOLVED = 'status-resolved';

const wasTold = ({ plan, entries }: RunState): boolean =>
  plan.entries.some(
    (entry) =>
      entry.kind === 'step' && entry.step === 'statuspage.tell' && entries[entry.name]?.state === 'done',
  );

/** Runs whose incident is not over: by the page itself, or by the ledger where the page cannot be asked. */
async function listOpen({ services, env }: Wired, runs: readonly RunState[]): Promise<readonly string[]> {
  const { statuspage } = services;
  if (!statuspage.canRead(env))
    return runs.filter((run) => wasTold(run) && run.facts[RESOLVED] === undefined).map(({ run }) => run);
  const listed = await statuspage.list(env);
  return listed.filter(({ state }) => state !== 'resolved').map(({ run }) => run);
}

/**
 * Says "resolved" of every incident that this program opened for the environment: an earlier rollback's is over with the
 * last one. Each is recorded with its run. The caller has seen that it is true (whyNotResolved).
 */
export async function resolveIncidents(
  wired: Wired,
  runs: readonly RunState[],
  by: string,
): Promise<readonly StatusIncident[]> {
  const { services, env, environment, runbook, ledger, scope, clock } = wired;
  const order = makeStatusOrder('resolved', runbook, environment, 'none');
  const resolved: StatusIncident[] = [];
  for (const run of await listOpen(wired, runs)) {
    const told = await services.statuspage.tell(env, { ...order, run });
    if (told === undefined) continue;
    resolved.push(told);
    const value = { by, at: clock.now().toISOString() };
    await ledger.note(scope, {
      id: `${run}:${RESOLVED}`,
      run,
      type: 'fact',
      data: { name: RESOLVED, value },
    });
  }
  return resolved;
}
