import * as z from 'zod';
import { CATALOGUE_KINDS, type Catalogue, sortCatalogue } from '../../domain/catalogue.ts';
import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { type Address, makeAddress } from './address.ts';
import { type Ask, askIn, patiently, type Question } from './ask.ts';
import { CATALOGUE_SQL } from './catalogue-sql.ts';
import type { Connections } from './connections.ts';

const itemShape = z.object({
  kind: z.enum(CATALOGUE_KINDS),
  name: z.string(),
  is: z.string(),
  of: z.string(),
});

/** For this transaction alone: with nothing in the path the server spells every name in full. */
const NO_PATH = `select set_config('search_path', '', true)`;

/** The question for the shape of the database; thousands of objects take a second or two. */
const question: Question<Catalogue> = {
  doing: 'describe its schema',
  limitMs: seconds(30),
  read: async (rows) => {
    await rows(z.unknown(), NO_PATH);
    return sortCatalogue({ items: await rows(itemShape, CATALOGUE_SQL) });
  },
};

/**
 * Tables, columns, constraints, indexes, types, views, functions, triggers, policies, row security, sequences and
 * extensions, in one read-only transaction. The migration journals, our own fence and what belongs to an extension are
 * left out, and so is the order of columns; owners, privileges and comments are not compared.
 */
export const readCatalogue = (ask: Ask, address: Address): Promise<Catalogue> => ask(address, question);

/** The same for a database at a given address, in a session that is closed afterwards: branches come and go. */
export function readCatalogueAt(connections: Connections, clock: Clock, url: string): Promise<Catalogue> {
  const address = makeAddress('the given database', '', url);
  return patiently(connections, clock, 'read', () =>
    connections.open(address, 'release/questions', (client) => askIn(client, address, question)),
  );
}
