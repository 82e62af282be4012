import * as z from 'zod';
import type { DatabaseSpot } from '../../domain/find-shared-fate.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Address, readAddress, readLedgerAddress } from './address.ts';
import type { Ask } from './ask.ts';
import { readIdentity } from './read-identity.ts';
import { readOne } from './session.ts';

const place = z.object({ is_there: z.boolean() });
const about = z.object({ ledger_id: z.string() });

// By the catalogue: asking for the table itself fails for a role that may not use its schema, ledger or none.
const IS_THERE = `select exists (select 1 from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = 'about' and c.relkind = 'r') as is_there`;

/** Identity of the ledger in this database; undefined when there is none. Throws E_DB_RIGHTS for one that is closed. */
const readLedgerId = (ask: Ask, address: Address, schema: string): Promise<string | undefined> =>
  ask(address, {
    doing: 'say whether it holds a ledger',
    read: async (rows) => {
      if (!(await readOne(rows, place, IS_THERE, [schema])).is_there) return undefined;
      return (await rows(about, `select ledger_id from ${schema}.about`))[0]?.ledger_id;
    },
  });

/** Where a database is, which cluster it belongs to, and which ledger is in it. */
async function readSpot(ask: Ask, address: Address, schema: string): Promise<DatabaseSpot> {
  const [identity, ledgerId] = await Promise.all([
    readIdentity(ask, address),
    readLedgerId(ask, address, schema),
  ]);
  const { systemIdentifier, database, host, port } = identity;
  return { systemIdentifier, database, host, port, ...(ledgerId === undefined ? {} : { ledgerId }) };
}

/** The environment's database and the one of its ledger, of the postgres store. */
export async function readLedgerSpots(
  ask: Ask,
  surroundings: Surroundings,
  env: string,
): Promise<{ readonly own: DatabaseSpot; readonly ledger: DatabaseSpot }> {
  const schema = surroundings.runbook.environments[env]?.ledger.schema ?? '';
  const [own, ledger] = await Promise.all([
    readSpot(ask, readAddress(surroundings, env, 'questions'), schema),
    readSpot(ask, readLedgerAddress(surroundings, env), schema),
  ]);
  return { own, ledger };
}
