import { findMoves, type SchemaMoves } from '../../domain/drift/explain-schema.ts';
import type { JsonObject } from '../../domain/json.ts';
import { describeSchema, findSchema } from '../../kit.ts';
import { foldRun } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';

const fingerprintIn = (fact: JsonObject | undefined): string =>
  typeof fact?.fingerprint === 'string' ? fact.fingerprint : '';

/**
 * What the migrations of a run did to the schema, by the schemas that it kept right before and right after them: what a
 * hand changed before or behind them, while the run was interrupted, is not in it. Undefined for a run that has not both.
 */
export async function findProvenMoves(
  { ledger, scope, services, env }: Pick<Wired, 'ledger' | 'scope' | 'services' | 'env'>,
  run: string,
): Promise<SchemaMoves | undefined> {
  const facts = foldRun(await ledger.read(scope), run)?.facts ?? {};
  const names = [fingerprintIn(facts['schema-before']), fingerprintIn(facts['schema-after'])];
  if (names.includes('')) return undefined;
  const [before, after] = await Promise.all(names.map((name) => findSchema(services.archive, env, name)));
  return before && after && findMoves(describeSchema(before), describeSchema(after));
}
