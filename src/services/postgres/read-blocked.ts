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

/** What PostgreSQL shows of other users' statements to a role without pg_read_all_stats. */
const HIDDEN = '<insufficient privilege>';

// By pg_locks, which shows every waiting session to every role: pg_stat_activity hides the wait itself from an ordinary
// one, and "nobody waits" would only mean "nobody that I may see". waitstart is empty for the first moment of a wait.
// A prepared transaction blocks as pid 0 and has no session.
const SQL = `
  with waiting as materialized (
    select l.pid, min(l.waitstart) as since, pg_blocking_pids(l.pid) as by
    from pg_locks l where not l.granted and l.pid is not null group by l.pid)
  select w.pid, coalesce(a.query, '') as query,
    coalesce(greatest(extract(epoch from clock_timestamp() - w.since), 0), 0) as waits,
    (select json_agg(json_build_object('pid', b.pid, 'application', coalesce(s.application_name, ''),
        'state', case when b.pid = 0 then 'prepared transaction' else coalesce(s.state, 'unknown') end))
      from (select distinct unnest(w.by) as pid) b left join pg_stat_activity s on s.pid = b.pid) as blockers
  from waiting w join pg_stat_activity a on a.pid = w.pid
  where a.datname = current_database() and cardinality(w.by) > 0 order by waits desc`;

const sayQuery = (query: string): string =>
  query === HIDDEN ? '(a statement that this role may not see: limited view)' : query;

/** Who waits for a lock, for how long by the lock's own start, and who holds it (ENV-08). PostgreSQL 14 or newer. */
export const readBlocked = (ask: Ask, address: Address): Promise<readonly BlockedQuery[]> =>
  ask(address, {
    doing: 'say who waits for a lock',
    read: async (rows) =>
      (await rows(shape, SQL)).map(({ pid, waits, query, blockers }) => ({
        pid,
        waitsSeconds: waits,
        query: sayQuery(query),
        blockedBy: blockers,
      })),
  });
