import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import type { DatabaseIdentity } from './port.ts';
import { readOne } from './session.ts';

const shape = z.object({ id: z.string(), database: z.string(), version: z.string() });

/**
 * Which database answers, by the identifier that its cluster got when it was made. A role that may not read it gets
 * E_DB_RIGHTS: an identifier of our own making would let two databases pass for one.
 */
export const readIdentity = (ask: Ask, address: Address): Promise<DatabaseIdentity> =>
  ask(address, {
    doing: 'say which it is',
    read: async (rows) => {
      const sql = `select system_identifier::text as id, current_database()::text as database,
        current_setting('server_version') as version from pg_control_system()`;
      const { id, database, version } = await readOne(rows, shape, sql);
      const { host, port } = address;
      return { systemIdentifier: id, database, host, port, serverVersion: version };
    },
  });
