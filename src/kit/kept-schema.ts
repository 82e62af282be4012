import * as z from 'zod';
import { CATALOGUE_KINDS, type Catalogue, type CatalogueItem, sortCatalogue } from '../domain/catalogue.ts';
import type { ArchivePort } from '../services/archive/port.ts';
import { fingerprintOf } from './catalogue.ts';

const text = z.string();
const shape = z.array(
  z.object({
    kind: z.enum(CATALOGUE_KINDS),
    name: text,
    is: text,
    of: text,
    roles: z.array(text).optional(),
  }),
);

const nameOf = (fingerprint: string): string => `schemas/${fingerprint}.json`;

/** Keeps the objects of a schema beside the ledger under their fingerprint, and resolves to that. */
export async function keepSchema(archive: ArchivePort, env: string, catalogue: Catalogue): Promise<string> {
  const fingerprint = fingerprintOf(catalogue);
  const items = sortCatalogue(catalogue).items.map((item) => JSON.stringify(item));
  await archive.write(env, nameOf(fingerprint), `[\n${items.join(',\n')}\n]\n`);
  return fingerprint;
}

function parse(written: string): Catalogue | undefined {
  try {
    const { data } = shape.safeParse(JSON.parse(written));
    return data === undefined ? undefined : { items: data as readonly CatalogueItem[] };
  } catch {
    return undefined;
  }
}

/**
 * The schema with this fingerprint; undefined when it was not kept on this machine, or when what lies there is not it any
 * more: its name says what it must be.
 */
export async function findSchema(
  archive: ArchivePort,
  env: string,
  fingerprint: string,
): Promise<Catalogue | undefined> {
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) return undefined;
  const found = parse((await archive.read(env, nameOf(fingerprint))) ?? '');
  return found !== undefined && fingerprintOf(found) === fingerprint ? found : undefined;
}
