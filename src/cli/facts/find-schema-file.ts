import { foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';

/** Where the last deploy that left `version` kept the schema it found; undefined when it migrated nothing. */
export async function findSchemaFile(
  { ledger, scope }: Pick<Wired, 'ledger' | 'scope'>,
  version: string,
): Promise<string | undefined> {
  const runs = foldRuns(await ledger.read(scope));
  const leaving = runs.findLast(({ plan }) => plan.command === 'deploy' && plan.from === version);
  const file = leaving?.facts['schema-before']?.file;
  return typeof file === 'string' ? file : undefined;
}
