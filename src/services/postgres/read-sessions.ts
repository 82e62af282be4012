import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';

const shape = z.object({ name: z.string() });

/** PostgreSQL cuts application names to this many bytes. */
const LONGEST_NAME = 63;

// A session of somebody else shows no state to an ordinary role; it counts, because unknown is not idle.
const SQL = `select application_name as name from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and starts_with(application_name, $1) and state is distinct from 'idle' order by backend_start`;

/** Application names that begin with `prefix`, of sessions that are at work or hold a transaction open (F66). */
export const readSessions = (ask: Ask, address: Address, prefix: string): Promise<readonly string[]> =>
  ask(address, {
    doing: 'say which sessions are at work',
    read: async (rows) => {
      const cut = Buffer.from(prefix).subarray(0, LONGEST_NAME).toString();
      return (await rows(shape, SQL, [cut])).map(({ name }) => name);
    },
  });
