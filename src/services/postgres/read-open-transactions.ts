import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import type { OpenTransactions } from './port.ts';
import { readOne } from './session.ts';

const transaction = z.object({
  pid: z.number(),
  seconds: z.coerce.number(),
  state: z.string(),
  application: z.string(),
});
const shape = z.object({
  sessions: z.array(transaction),
  prepared: z.array(z.object({ name: z.string(), seconds: z.coerce.number() })),
  limited: z.boolean(),
});

// Our own session is in a transaction too. An ordinary role sees no xact_start of other users.
const SQL = `
  with open as (
    select pid, extract(epoch from clock_timestamp() - xact_start) as seconds,
      coalesce(state, 'unknown') as state, coalesce(application_name, '') as application
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
      and coalesce(backend_type, 'client backend') = 'client backend'),
  prepared as (
    select gid as name, extract(epoch from clock_timestamp() - prepared) as seconds
    from pg_prepared_xacts where database = current_database())
  select coalesce((select json_agg(open order by seconds desc) from open), '[]') as sessions,
    coalesce((select json_agg(prepared order by seconds desc) from prepared), '[]') as prepared,
    not pg_has_role(current_user, 'pg_read_all_stats', 'usage') as limited`;

/** Transactions that are open now, the oldest first, with their age in seconds; also those prepared and left. */
export const readOpenTransactions = (ask: Ask, address: Address): Promise<OpenTransactions> =>
  ask(address, {
    doing: 'say which transactions are open',
    read: async (rows) => {
      const { sessions, prepared, limited } = await readOne(rows, shape, SQL);
      return { sessions, prepared, limitedView: limited };
    },
  });
