/** Version of the tables that this program makes and understands. */
export const TABLES_VERSION = 1;

const NAME = /^[a-z_][a-z0-9_]{0,50}$/;

/** Gives the name of a schema back; it stands in statements as it is, so anything else is a bug. */
export function proveSchema(schema: string): string {
  if (!NAME.test(schema)) throw new TypeError(`not a schema name: ${schema}`);
  return schema;
}

/**
 * Makes the tables where there are none, as one statement: either all of it is there afterwards or nothing. Of two
 * who do it at once the slower one waits and is then refused by what it finds (`crossed`); said again it finds all.
 *
 * An entry is kept as `json`, never `jsonb`: its text is what was hashed, and jsonb refuses some texts that JSON has.
 */
export const makeTables = (schema: string): string => `do $make$ begin
  if getdatabaseencoding() <> 'UTF8' then
    raise exception 'the ledger needs a database whose encoding is UTF8' using errcode = 'feature_not_supported';
  end if;
  if to_regnamespace('${schema}') is null then create schema ${schema}; end if;
  create table if not exists ${schema}.about (
    single boolean primary key default true check (single),
    version integer not null,
    ledger_id text not null default gen_random_uuid()::text);
  create table if not exists ${schema}.release_scope (
    scope text primary key,
    epoch bigint not null default 0,
    seq bigint not null default 0,
    head text not null default '0',
    token text,
    record json,
    expires_at timestamptz not null default '-infinity');
  create table if not exists ${schema}.release_event (
    scope text not null references ${schema}.release_scope (scope),
    seq bigint not null,
    id text not null,
    run text not null,
    epoch bigint not null,
    at timestamptz not null default clock_timestamp(),
    type text not null,
    step text,
    ev json not null,
    p text not null,
    h text not null,
    primary key (scope, seq),
    unique (scope, id));
  create table if not exists ${schema}.release_job (
    scope text not null,
    kind text not null,
    due_at timestamptz not null,
    every_ms bigint,
    tick bigint not null default 0,
    agent text,
    claim_until timestamptz not null default '-infinity',
    primary key (scope, kind));
  create index if not exists release_job_due on ${schema}.release_job (due_at);
  create table if not exists ${schema}.release_tick (
    scope text not null,
    kind text not null,
    tick bigint not null,
    at timestamptz not null default clock_timestamp(),
    agent text not null,
    outcome text not null,
    said text not null,
    primary key (scope, kind, tick));
  create or replace function ${schema}.refuse_change() returns trigger language plpgsql as $refuse$ begin
    raise exception 'entries of the ledger are never changed or deleted' using errcode = 'insufficient_privilege';
  end $refuse$;
  if not exists (select 1 from pg_trigger where tgrelid = '${schema}.release_event'::regclass and tgname = 'never_changed') then
    create trigger never_changed before update or delete or truncate on ${schema}.release_event
      for each statement execute function ${schema}.refuse_change();
  end if;
  insert into ${schema}.about (version) values (${TABLES_VERSION}) on conflict do nothing;
end $make$`;
