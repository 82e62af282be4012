import type { StepContext } from '../../kit.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `lsn at xid`, as the release tag says it; empty while none is known. */
function sayPoint(point: Readonly<Record<string, unknown>> | undefined): string {
  const parts = [point?.lsn, point?.at, point?.xid].map(textOf);
  return parts.every((part) => part !== '') ? parts.join(' ') : '';
}

/**
 * What a deploy's messages carry unseen, so that a rollback finds it when the ledger is away: the start knows from
 * where to where, what follows knows the backup and the restore point as well. Nothing for other commands.
 */
export function carriedFacts({
  plan,
  facts,
}: Pick<StepContext, 'plan' | 'facts'>): Readonly<Record<string, string>> {
  if (plan.command !== 'deploy') return {};
  const { version, from, env } = plan;
  const known = {
    env,
    version,
    from,
    backup: textOf(facts.backup?.name),
    restore_point: sayPoint(facts['restore-point']),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ''));
}
