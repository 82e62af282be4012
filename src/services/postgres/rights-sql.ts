import { RELATIONS } from './catalogue-sql.ts';
import { ownedBy, SCHEMAS, shown } from './catalogue-words.ts';

// What may be granted, one row each: its kind and name, what it belongs to, its owner, the rights that are written down
// and those that it has without a word. `is_part` marks what cannot have an owner of its own.

const DATABASE = `select 'privilege' as item, 'database' as called, '' as parent, d.datdba as owner, d.datacl as acl,
    acldefault('d', d.datdba) as usual, false as is_part, null::oid as maker
  from pg_database d where d.datname = current_database()`;

const OWN_SCHEMAS = `select 'privilege', 'schema ' || n.nspname, 'schema ' || n.nspname, n.nspowner, n.nspacl,
    acldefault('n', n.nspowner), false, null
  from pg_namespace n where ${SCHEMAS} and not ${ownedBy("'e'", 'pg_namespace', 'n.oid')}`;

/** A sequence that belongs to a column has the owner of its table. */
const OWN_RELATIONS = `select 'privilege', k.word || rel.shown, k.word || rel.shown, c.relowner, c.relacl,
    acldefault(case rel.relkind when 'S' then 's' else 'r' end::"char", c.relowner),
    exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = rel.oid
      and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and rel.relkind = 'S'), null
  from rel join pg_class c on c.oid = rel.oid
  cross join lateral (select case rel.relkind when 'S' then 'sequence ' when 'v' then 'view ' when 'm' then 'view '
    else 'table ' end as word) k
  where rel.relkind in ('r', 'p', 'f', 'v', 'm', 'S')`;

const OWN_COLUMNS = `select 'privilege', 'column ' || rel.shown || '.' || a.attname,
    case when rel.relkind in ('v', 'm') then 'view ' || rel.shown else 'column ' || rel.shown || '.' || a.attname end,
    c.relowner, a.attacl, acldefault('c', c.relowner), true, null
  from rel join pg_class c on c.oid = rel.oid join pg_attribute a on a.attrelid = rel.oid
  where rel.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped and a.attacl is not null`;

const OWN_FUNCTIONS = `select 'privilege', k.called, k.called, p.proowner, p.proacl, acldefault('f', p.proowner), false, null
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  cross join lateral (select 'function ' || ${shown('p.proname')} || '('
    || pg_get_function_identity_arguments(p.oid) || ')' as called) k
  where ${SCHEMAS} and not ${ownedBy("'e', 'i'", 'pg_proc', 'p.oid')}`;

const OWN_TYPES = `select 'privilege', k.called, k.called, t.typowner, t.typacl, acldefault('T', t.typowner), false, null
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  cross join lateral (select case t.typtype when 'e' then 'enum ' when 'd' then 'domain ' else 'type ' end
    || ${shown('t.typname')} as called) k
  where ${SCHEMAS} and (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
    and not ${ownedBy("'e'", 'pg_type', 't.oid')}`;

const OWN_EVENT_TRIGGERS = `select 'privilege', 'event trigger ' || t.evtname, 'event trigger ' || t.evtname, t.evtowner,
    null, null, false, null
  from pg_event_trigger t where not ${ownedBy("'e'", 'pg_event_trigger', 't.oid')}`;

// Those for a schema come on top; those for all schemas stand in for what PostgreSQL does without a word.
const FOR_LATER = `select 'default privilege', case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
      when 'f' then 'functions' when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end
    || ' that ' || quote_ident(pg_get_userbyid(d.defaclrole)) || ' makes' || coalesce(' in ' || n.nspname, ''),
    coalesce('schema ' || n.nspname, ''), d.defaclrole, d.defaclacl,
    case when n.oid is null then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)
    end, true, d.defaclrole
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
  where d.defaclnamespace = 0 or (${SCHEMAS})`;

const OBJECTS = [
  DATABASE,
  OWN_SCHEMAS,
  OWN_RELATIONS,
  OWN_COLUMNS,
  OWN_FUNCTIONS,
  OWN_TYPES,
  OWN_EVENT_TRIGGERS,
  FOR_LATER,
].join('\n  union all\n  ');

// A right that was given and taken back is written down where there was nothing before, and means the same: only what
// differs from what an object has without a word is told.
const RIGHTS = `rights as (
  select item, called, parent, owner, maker, grantee,
    string_agg(what, ', ' order by what collate "C") filter (where is_now) as now,
    string_agg(what, ', ' order by what collate "C") filter (where not is_now) as usual
  from (
    select o.item, o.called, o.parent, o.owner, o.maker, x.grantee, v.is_now,
      lower(x.privilege_type) || case when bool_or(x.is_grantable) then ' with grant option' else '' end as what
    from objects o
    cross join lateral (values (true, coalesce(o.acl, o.usual)), (false, o.usual)) v (is_now, acl)
    cross join lateral aclexplode(v.acl) x
    group by o.item, o.called, o.parent, o.owner, o.maker, x.grantee, v.is_now, x.privilege_type
  ) each_right group by item, called, parent, owner, maker, grantee
)`;

const role = (oid: string): string => `pg_get_userbyid(${oid})::text`;

const PRIVILEGES = `select item as kind,
    called || ' to ' || case when grantee = 0 then 'public' when grantee = owner then 'its owner'
      else quote_ident(${role('grantee')}) end as name,
    coalesce(now, 'nothing') as is, parent as of,
    array_remove(array[${role('maker')}, case when grantee not in (0, owner) then ${role('grantee')} end], null) as roles
  from rights where now is distinct from usual`;

const OWNERS = `select 'owner', called, ${role('owner')}, parent, array[${role('owner')}] from objects where not is_part`;

const POLICY_ROLES = `select 'privilege', 'policy ' || tab.shown || '.' || p.polname || ' to '
    || case when r.oid = 0 then 'public' else quote_ident(${role('r.oid')}) end, 'applies',
    'policy ' || tab.shown || '.' || p.polname, case when r.oid <> 0 then array[${role('r.oid')}] else '{}' end
  from tab join pg_policy p on p.polrelid = tab.oid cross join lateral unnest(p.polroles) r (oid)`;

/** Who owns what, and who may do what with it beyond what PostgreSQL grants by itself: one row each. */
export const RIGHTS_SQL = `with ${RELATIONS}, objects as (${OBJECTS}), ${RIGHTS}
  ${[PRIVILEGES, OWNERS, POLICY_ROLES].join('\n  union all\n  ')}`;

/** Roles by which two servers are told apart. */
export const ROLES_SQL = `select rolname::text as name from pg_roles order by 1`;
