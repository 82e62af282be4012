import * as z from 'zod';
import {
  CATALOGUE_KINDS,
  type Catalogue,
  type CatalogueItem,
  sortCatalogue,
} from '../../domain/catalogue.ts';
import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { type Address, makeAddress } from './address.ts';
import { type Ask, askIn, patiently, type Question } from './ask.ts';
import { CATALOGUE_SQL, TEXTS_SQL } from './catalogue-sql.ts';
import type { Connections } from './connections.ts';
import type { CatalogueInFull } from './port.ts';
import { refuseLimitedView } from './refuse-limited-view.ts';
import { RIGHTS_SQL, ROLES_SQL } from './rights-sql.ts';
import type { ReadRows } from './session.ts';

const itemShape = z.object({
  kind: z.enum(CATALOGUE_KINDS),
  name: z.string(),
  is: z.string(),
  of: z.string(),
});
const rightShape = itemShape.extend({ roles: z.array(z.string()) });
const textShape = z.object({ item: z.string(), text: z.string() });
const roleShape = z.object({ name: z.string() });

/**
 * For this transaction alone: with nothing in the path the server spells every name in full, and defaults, bounds and
 * views print their values alike, whatever time zone or style a role or a database has.
 */
const ONE_SPELLING = `select set_config(name, setting, true) from (values ('search_path', ''), ('timezone', 'UTC'),
  ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('extra_float_digits', '1'), ('bytea_output', 'hex'),
  ('quote_all_identifiers', 'off'), ('standard_conforming_strings', 'on')) as plain (name, setting)`;

const withoutNobody = ({ roles, ...item }: z.infer<typeof rightShape>): CatalogueItem =>
  roles.length === 0 ? item : { ...item, roles };

async function readItems(rows: ReadRows): Promise<Catalogue> {
  const [, objects, rights, roles] = await Promise.all([
    rows(z.unknown(), ONE_SPELLING),
    rows(itemShape, CATALOGUE_SQL),
    rows(rightShape, RIGHTS_SQL),
    rows(roleShape, ROLES_SQL),
  ]);
  const items = [...objects, ...rights.map(withoutNobody)];
  return sortCatalogue({ items, roles: roles.map(({ name }) => name) });
}

/**
 * A question about the shape of the database; thousands of objects take a second or two. All of it is asked at once, and
 * that the role may not see it is told first: then nothing else says more than that it failed.
 */
const askShape = <T>(address: Address, read: Question<T>['read']): Question<T> => ({
  doing: 'describe its schema',
  limitMs: seconds(30),
  onlyLooks: true,
  read: async (rows) => {
    const seen = refuseLimitedView(rows, address, [CATALOGUE_SQL, RIGHTS_SQL, ROLES_SQL]);
    const answer = read(rows);
    answer.catch(() => undefined);
    await seen;
    return answer;
  },
});
const questionTo = (address: Address): Question<Catalogue> => askShape(address, readItems);

/**
 * Everything that makes up the schema, with its owners and privileges, in one read-only transaction. The migration
 * journals, our own fence and what belongs to an extension are left out, and so are comments and the order of columns.
 * Throws E_DB_RIGHTS when the role may not see all of it: a part is never taken for the whole.
 */
export const readCatalogue = (ask: Ask, address: Address): Promise<Catalogue> =>
  ask(address, questionTo(address));

const SESSION = { application: 'release/questions', pipeline: true };

/** The same for a database at a given address, in a session that is closed afterwards: branches come and go. */
export function readCatalogueAt(connections: Connections, clock: Clock, url: string): Promise<Catalogue> {
  const address = makeAddress('the given database', '', url);
  return patiently(connections, clock, 'read', () =>
    connections.open(address, SESSION, (client) => askIn(client, address, questionTo(address))),
  );
}

/** The same moment of the same database, with the text of what the catalogue knows by its md5 alone. */
export const readCatalogueInFull = (ask: Ask, address: Address): Promise<CatalogueInFull> =>
  ask(
    address,
    askShape(address, async (rows) => {
      const catalogue = await readItems(rows);
      const texts = await rows(textShape, TEXTS_SQL);
      return { catalogue, texts: new Map(texts.map(({ item, text }) => [item, text])) };
    }),
  );
