import type { Wired } from '../wired.ts';

/** How many migrations the database remembers; undefined where it is not asked about them. */
export async function countApplied(
  { runbook, configured, services, env }: Wired,
  isAsked: boolean,
): Promise<number | undefined> {
  if (!isAsked || runbook.migrations === undefined || !configured.has('postgres')) return undefined;
  return (await services.postgres.appliedMigrations(env, runbook.migrations.journal)).length;
}
