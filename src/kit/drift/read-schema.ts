import type { CatalogueItem } from '../../domain/catalogue.ts';
import type { DriftArea } from '../../domain/drift/drift-state.ts';
import { sha256 } from '../../ledger/digest.ts';
import type { PostgresPort } from '../../services/postgres/port.ts';

const HASH_LENGTH = 16;

/** Short enough for a schema of thousands of objects to stand in one entry of the ledger. */
const describeItem = ({ is, of }: CatalogueItem): string =>
  [sha256(is).slice(0, HASH_LENGTH), of].filter((part) => part !== '').join(' ');

/** Every object of the schema by kind and name: a hash of its definition, and what it belongs to. */
export async function readSchema(postgres: Pick<PostgresPort, 'catalogue'>, env: string): Promise<DriftArea> {
  const { items } = await postgres.catalogue(env);
  return Object.fromEntries(items.map((item) => [`${item.kind} ${item.name}`, describeItem(item)]));
}
