import { ReleaseError } from '../../domain/failure.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import { readMove } from '../../steps/postgres/read-move.ts';
import type { Wired } from '../wired.ts';

type Needed = Pick<Wired, 'services' | 'configured' | 'env'>;

/**
 * Throws E_SCHEMA_MOVED when the schema is not the rehearsed one any more, while users are still in and nothing was
 * begun. The plan asks again right before the migrations (`schema-before`), because a hand may be quicker than a backup.
 */
export async function refuseMovedSchema(
  { schema, version }: Pick<DeployFacts, 'schema' | 'version'>,
  { services, configured, env }: Needed,
): Promise<void> {
  if (schema === undefined || schema.before === '' || !configured.has('postgres')) return;
  const move = await readMove(services.archive, env, schema.before, await services.postgres.catalogue(env));
  if (move === undefined || move.isTurnover) return;
  throw new ReleaseError('E_SCHEMA_MOVED', {
    what: `The schema of ${env} is not the one that the rehearsal began with: ${move.said}.`,
    why: 'Somebody changed it since; what was tried out was tried on another schema.',
    next: `Take it back by hand, or rehearse with it: release preflight ${version} --env ${env}`,
    state: 'untouched',
  });
}
