/** The application's tables, materialized views included, with the file on the disk that holds their rows. */
export const TABLES_NOW = `
  select c.oid::text as id, pg_relation_filenode(c.oid)::text as file, format('%I.%I', n.nspname, c.relname) as quoted,
    case when n.nspname = 'public' then c.relname::text else n.nspname || '.' || c.relname end as shown
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't' and n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'drizzle', 'release_runbook') and c.relname <> 'schema_migrations'`;

/** Locks on tables that a session has been given. */
export const LOCKS_OF = `
  select l.relation::text as id, l.mode from pg_locks l
  where l.pid = $1 and l.locktype = 'relation' and l.granted
    and l.database = (select d.oid from pg_database d where d.datname = current_database())`;

export const OWN_PID = 'select pg_backend_pid() as pid';

/** What the open transaction has done to rows so far. Its own rewrites are seen as well. */
export const ROWS_SO_FAR = `
  select c.oid::text as id, pg_relation_filenode(c.oid)::text as file,
    pg_stat_get_xact_tuples_returned(c.oid)::text as read,
    (pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
      + pg_stat_get_xact_tuples_deleted(c.oid))::text as written
  from pg_class c where c.oid = any($1::oid[])`;
