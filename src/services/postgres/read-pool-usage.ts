import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import type { PoolUsage } from './port.ts';
import { readOne } from './session.ts';

const count = z.coerce.number();
const shape = z.object({
  total: count,
  of_database: count,
  of_role: count,
  most: count,
  reserved: count,
  database_limit: count,
  role_limit: count,
  is_super: z.boolean(),
  limited: z.boolean(),
});
type Counted = z.infer<typeof shape>;

// An ordinary role sees no backend_type of other users' sessions; asking for 'client backend' alone would leave them
// out. What has no user is a process of the server itself.
const SQL = `
  with sessions as (
    select datname, usename from pg_stat_activity
    where datname is not null and usesysid is not null
      and coalesce(backend_type, 'client backend') = 'client backend')
  select (select count(*) from sessions) as total,
    (select count(*) from sessions where datname = current_database()) as of_database,
    (select count(*) from sessions where usename = current_user) as of_role,
    current_setting('max_connections') as most,
    current_setting('superuser_reserved_connections')::int
      + coalesce(current_setting('reserved_connections', true), '0')::int as reserved,
    d.datconnlimit as database_limit, r.rolconnlimit as role_limit, r.rolsuper as is_super,
    not pg_has_role(current_user, 'pg_read_all_stats', 'usage') as limited
  from pg_database d, pg_roles r
  where d.datname = current_database() and r.rolname = current_user`;

type Limit = Pick<PoolUsage, 'used' | 'limit'>;

/** The limits that hold for this role; -1 stands for none, and a superuser is bound by the server's alone. */
function limitsOf(counted: Counted, reserved: number): readonly [Limit, ...Limit[]] {
  const server = { used: counted.total, limit: counted.most - Math.max(counted.reserved, reserved) };
  if (counted.is_super) return [server];
  const own = [
    { used: counted.of_database, limit: counted.database_limit },
    { used: counted.of_role, limit: counted.role_limit },
  ];
  return [server, ...own.filter(({ limit }) => limit >= 0)];
}

const tightestOf = ([first, ...others]: readonly [Limit, ...Limit[]]): Limit =>
  others.reduce((most, one) => (one.used * most.limit > most.used * one.limit ? one : most), first);

/**
 * Sessions in use and how many there may be, in the tightest of the limits of server, database and role (ENV-06).
 * `reserved` is what the provider keeps for itself, when that is more than the server says.
 */
export const readPoolUsage = (ask: Ask, address: Address, reserved: number): Promise<PoolUsage> =>
  ask(address, {
    doing: 'say how many connections are in use',
    read: async (rows) => {
      const counted = await readOne(rows, shape, SQL);
      const limitedView = counted.limited;
      return { ...tightestOf(limitsOf(counted, reserved)), limitedView };
    },
  });
