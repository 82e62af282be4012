import type { Catalogue, CatalogueItem } from '../../domain/catalogue.ts';
import type { DriftArea } from '../../domain/drift/drift-state.ts';
import { sha256 } from '../../ledger/digest.ts';

const HASH_LENGTH = 16;

/** Short enough for a schema of thousands of objects to stand in one entry of the ledger. */
const describeItem = ({ is, of }: CatalogueItem): string =>
  [sha256(is).slice(0, HASH_LENGTH), of].filter((part) => part !== '').join(' ');

/** Every object of a schema by kind and name: a hash of its definition, and what it belongs to. */
export const describeSchema = ({ items }: Catalogue): DriftArea =>
  Object.fromEntries(items.map((item) => [`${item.kind} ${item.name}`, describeItem(item)]));
