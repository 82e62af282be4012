import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';

/**
 * Where the last deploy that left `version` kept the schema it found, as people are told: with the name of the machine
 * where it is not this one. Undefined when it migrated nothing.
 */
export async function findSchemaFile(
  { ledger, scope, root }: Pick<Wired, 'ledger' | 'scope' | 'root'>,
  version: string,
): Promise<string | undefined> {
  const runs = foldRuns(await ledger.read(scope));
  const leaving = runs.findLast(({ plan }) => plan.command === 'deploy' && plan.from === version);
  const file = leaving?.facts['schema-before']?.file;
  if (leaving === undefined || typeof file !== 'string') return undefined;
  return existsSync(resolve(root, file)) ? file : `not on this machine but on ${leaving.host}: ${file}`;
}
