import { type Catalogue, compareCatalogues } from '../../domain/catalogue.ts';
import { isTurnover } from '../../domain/is-turnover.ts';
import { sayStrays } from '../../domain/say-strays.ts';
import { findSchema, fingerprintOf, type Services } from '../../kit.ts';

/** What another hand did to a schema since its rehearsal. */
export interface SchemaMove {
  /** True for partitions that came or went, which stop nothing. */
  readonly isTurnover: boolean;
  readonly said: string;
}

/**
 * How the schema of now departs from the rehearsed one; undefined when it does not, or when nothing was rehearsed (the
 * empty fingerprint).
 */
export async function readMove(
  archive: Services['archive'],
  env: string,
  rehearsed: string,
  now: Catalogue,
): Promise<SchemaMove | undefined> {
  if (rehearsed === '' || fingerprintOf(now) === rehearsed) return undefined;
  const then = await findSchema(archive, env, rehearsed);
  if (then === undefined)
    return {
      isTurnover: false,
      said: 'what differs cannot be named, because the rehearsed schema is not kept on this machine',
    };
  const strays = compareCatalogues(now, then);
  return { isTurnover: isTurnover(strays, []), said: sayStrays(strays, undefined, env) };
}
