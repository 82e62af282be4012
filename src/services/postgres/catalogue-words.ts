/** Schemas of the server, of the migration journals and of our own fence are no schema of the application. */
export const SCHEMAS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'drizzle', 'release_runbook')`;

/** Belongs to something else: to an extension (e), or is a part that another object brings along (i). */
export const ownedBy = (kinds: string, catalog: string, oid: string): string =>
  `exists (select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid}
    and e.deptype in (${kinds}))`;

/** The name that people use: what is in public needs no schema. */
export const shown = (name: string): string =>
  `case when n.nspname = 'public' then ${name}::text else n.nspname || '.' || ${name} end`;
