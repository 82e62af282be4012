import { type Catalogue, sortCatalogue } from '../domain/catalogue.ts';
import type { Json } from '../domain/json.ts';
import { digestOf } from '../ledger/digest.ts';

/** sha256 of a schema, in hex: equal for equal schemas, in whatever order they were read. */
export const fingerprintOf = (catalogue: Catalogue): string =>
  digestOf(sortCatalogue(catalogue).items as unknown as Json);
