import { type ExpectedSchema, findSchema } from '../../kit.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { RehearsedWay } from './read-way.ts';

const unknown = (to: string): ExpectedSchema => ({
  is: 'not-known',
  because: `the ledger has no schema of ${to}: no deploy that left it kept one`,
});

/**
 * The schema that the earlier version had. Before the deploy that is the one of now; after it the one that the first deploy
 * which left the version kept before its migrations.
 */
export async function findExpected(
  { ledger, scope, services, env }: Wired,
  { ends, files }: RehearsedWay,
): Promise<ExpectedSchema> {
  const to = ends.to.version;
  const alreadyThere = files.extra.length > files.pending.length;
  if (!ends.isLive && !alreadyThere) return { is: 'as-it-was' };
  const runs = foldRuns(await ledger.read(scope));
  const left = runs.findLastIndex(({ plan }) => plan.command === 'deploy' && plan.from === to);
  const kept =
    left < 0 ? undefined : runs.slice(left).find(({ facts }) => facts['schema-before'] !== undefined);
  const fingerprint = kept?.facts['schema-before']?.fingerprint;
  if (typeof fingerprint !== 'string') return unknown(to);
  const schema = await findSchema(services.archive, env, fingerprint);
  return { is: 'recorded', fingerprint, ...(schema === undefined ? {} : { schema }) };
}
