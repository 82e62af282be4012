import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import type { BlockedQuery } from './port.ts';

const shape = z.object({
  pid: z.number(),
  waits: z.coerce.number(),
  query: z.string(),
  blockers: z.array(z.object({ pid: z.number(), state: z.string(), application: z.string() })),
});

// waitstart is empty for the first moment of a wait. A prepared transaction blocks as pid 0 and has no session.
const SQL = `
  with waiting as materialized (
    select a.pid, a.query, pg_blocking_pids(a.pid) as by,
      (select min(l.waitstart) from pg_locks l where l.pid = a.pid and not l.granted) as since
    from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock')
  select w.pid, coalesce(w.query, '') as query,
    coalesce(greatest(extract(epoch from clock_timestamp() - w.since), 0), 0) as waits,
    (select json_agg(json_build_object('pid', b.pid, 'application', coalesce(s.application_name, ''),
        'state', case when b.pid = 0 then 'prepared transaction' else coalesce(s.state, 'unknown') end))
      from (select distinct unnest(w.by) as pid) b left join pg_stat_activity s on s.pid = b.pid) as blockers
  from waiting w where cardinality(w.by) > 0 order by waits desc`;

/** Who waits for a lock, for how long by the lock's own start, and who holds it (ENV-08). PostgreSQL 14 or newer. */
export const readBlocked = (ask: Ask, address: Address): Promise<readonly BlockedQuery[]> =>
  ask(address, {
    doing: 'say who waits for a lock',
    read: async (rows) =>
      (await rows(shape, SQL)).map(({ pid, waits, query, blockers }) => ({
        pid,
        waitsSeconds: waits,
        query,
        blockedBy: blockers,
      })),
  });
