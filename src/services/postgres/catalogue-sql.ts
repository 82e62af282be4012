import { ownedBy, SCHEMAS, shown } from './catalogue-words.ts';

// Each answers the columns kind, name, is and of. They run with a search_path and a style of their own, so that the
// server spells every name in full, and every value alike, whatever the role or the database has set. pg_catalog and not information_schema: that one hides what the role may
// not use, which would look like something missing.

/** Relations of the application by the name that people use. */
export const RELATIONS = `rel as (
  select c.oid, c.relkind, ${shown('c.relname')} as shown from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and c.relname <> 'schema_migrations' and c.relpersistence <> 't'
    and not ${ownedBy("'e'", 'pg_class', 'c.oid')}
    and not exists (select from pg_depend d join pg_class j on j.oid = d.refobjid where d.objid = c.oid
      and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and j.relname = 'schema_migrations')
), tab as (select * from rel where relkind in ('r', 'p', 'f'))`;

const EXTENSIONS = `select 'extension' as kind, extname::text as name, extversion as is, '' as of from pg_extension`;

const SCHEMA_NAMES = `select 'schema', n.nspname::text, '', '' from pg_namespace n
  where ${SCHEMAS} and not ${ownedBy("'e'", 'pg_namespace', 'n.oid')}`;

// A domain's checks are pg_constraint rows without a table; they are part of what the domain is.
const TYPES = `select case t.typtype when 'e' then 'enum' when 'd' then 'domain' else 'type' end, ${shown('t.typname')},
  case t.typtype
    when 'e' then (select '(' || coalesce(string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder), '') || ')'
      from pg_enum l where l.enumtypid = t.oid)
    when 'd' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end,
      'default ' || t.typdefault, (select string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname)
        from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
    when 'c' then (select '(' || coalesce(string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
        order by a.attnum), '') || ')' from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0
        and not a.attisdropped)
    else 'range of ' || (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid) end, ''
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where ${SCHEMAS} and (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
    and not ${ownedBy("'e'", 'pg_type', 't.oid')}`;

const SEQUENCES = `select 'sequence', rel.shown, concat_ws(' ', format_type(s.seqtypid, null), 'start', s.seqstart, 'by',
    s.seqincrement, 'from', s.seqmin, 'to', s.seqmax, case when s.seqcycle then 'cycle' end),
    coalesce((select 'column ' || o.shown || '.' || a.attname from pg_depend d join tab o on o.oid = d.refobjid
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.classid = 'pg_class'::regclass and d.objid = rel.oid and d.deptype in ('a', 'i')
        and d.refclassid = 'pg_class'::regclass limit 1), '')
  from rel join pg_sequence s on s.seqrelid = rel.oid`;

// Where a foreign server is differs from one environment to another; what its options say may be secret.
const FOREIGN = `(select concat_ws(' ', 'foreign from', s.srvname, 'md5 ' || md5(array_to_string(f.ftoptions, ', ')))
  from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid)`;

const TABLES = `select 'table', tab.shown, concat_ws(' ', case c.relpersistence when 'u' then 'unlogged' end,
    case c.relkind when 'p' then 'partitioned by ' || pg_get_partkeydef(c.oid) when 'f' then ${FOREIGN}
      else 'plain' end,
    (select case when c.relispartition then 'partition of ' else 'inherits ' end
        || string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
      from pg_inherits i where i.inhrelid = c.oid),
    pg_get_expr(c.relpartbound, c.oid), 'with (' || array_to_string(c.reloptions, ', ') || ')',
    case c.relreplident when 'f' then 'replica identity full' when 'n' then 'replica identity nothing'
      when 'i' then 'replica identity by index' end), ''
  from tab join pg_class c on c.oid = tab.oid`;

// No position: a column that was dropped and added again stands last, and nothing that names its columns minds.
const COLUMNS = `select 'column', tab.shown || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    (select 'collate ' || o.collname from pg_collation o join pg_type t on t.oid = a.atttypid
      where o.oid = a.attcollation and a.attcollation <> t.typcollation),
    (select case a.attstorage when 'p' then 'storage plain' when 'e' then 'storage external'
      when 'm' then 'storage main' else 'storage extended' end
      from pg_type t where t.oid = a.atttypid and t.typstorage <> a.attstorage),
    case when a.attnotnull then 'not null' end,
    (select 'not valid' from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'n' and not k.convalidated
      and k.conkey = array[a.attnum]),
    case a.attidentity when 'a' then 'identity always' when 'd' then 'identity by default' end,
    case a.attgenerated when 's' then 'stored as ' when 'v' then 'virtual as ' else 'default ' end
      || pg_get_expr(d.adbin, d.adrelid)), 'table ' || tab.shown
  from tab join pg_attribute a on a.attrelid = tab.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum`;

// A foreign key whose own triggers are off stands there and keeps nothing.
const UNKEPT = `exists (select from pg_trigger g where g.tgconstraint = k.oid and g.tgisinternal
  and g.tgenabled in ('D', 'R'))`;

// NOT NULL is told with its column: only from 18 on it is a constraint. What a partition inherits is its parent's.
const CONSTRAINTS = `select 'constraint', tab.shown || '.' || k.conname,
    pg_get_constraintdef(k.oid) || case when k.contype = 'f' and ${UNKEPT} then ' (disabled)' else '' end,
    'table ' || tab.shown
  from tab join pg_constraint k on k.conrelid = tab.oid where k.contype in ('c', 'f', 'p', 'u', 'x')
    and k.conparentid = 0 and k.conislocal`;

// The index of a primary key or of a unique constraint is told with that.
const INDEXES = `select 'index', tab.shown || '.' || c.relname,
    pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (invalid)' end, 'table ' || tab.shown
  from tab join pg_index i on i.indrelid = tab.oid join pg_class c on c.oid = i.indexrelid
  where not c.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid
    and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))`;

const STATISTICS = `select 'statistics', ${shown('s.stxname')}, concat_ws(' ', pg_get_statisticsobjdef(s.oid),
    'target ' || nullif(to_jsonb(s) ->> 'stxstattarget', '-1')), 'table ' || tab.shown
  from tab join pg_statistic_ext s on s.stxrelid = tab.oid join pg_namespace n on n.oid = s.stxnamespace`;

const ROW_SECURITY = `select 'row security', tab.shown, concat_ws(', ', case when c.relrowsecurity then 'on' else 'off' end,
    case when c.relforcerowsecurity then 'also for the owner' end), 'table ' || tab.shown
  from tab join pg_class c on c.oid = tab.oid where c.relrowsecurity or c.relforcerowsecurity`;

// For whom it is stands with the privileges.
const POLICIES = `select 'policy', tab.shown || '.' || p.polname,
    concat_ws(' ', case when p.polpermissive then 'permissive' else 'restrictive' end, 'for',
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
        else 'all' end,
      'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
      'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), 'table ' || tab.shown
  from tab join pg_policy p on p.polrelid = tab.oid`;

/** What PostgreSQL says of a trigger or rule that is not simply on. */
const state = (column: string): string =>
  `case ${column} when 'D' then '(disabled)' when 'R' then '(on replicas)' when 'A' then '(always)' end`;

const TRIGGERS = `select 'trigger', rel.shown || '.' || g.tgname, concat_ws(' ', pg_get_triggerdef(g.oid),
    ${state('g.tgenabled')}),
    case when rel.relkind = 'v' then 'view ' else 'table ' end || rel.shown
  from rel join pg_trigger g on g.tgrelid = rel.oid where not g.tgisinternal`;

// The rule of a view is the view.
const RULES = `select 'rule', rel.shown || '.' || r.rulename, concat_ws(' ', pg_get_ruledef(r.oid), ${state('r.ev_enabled')}),
    case when rel.relkind = 'v' then 'view ' else 'table ' end || rel.shown
  from rel join pg_rewrite r on r.ev_class = rel.oid where r.rulename <> '_RETURN'`;

const EVENT_TRIGGERS = `select 'event trigger', t.evtname::text, concat_ws(' ', 'on', t.evtevent,
    'when tag in (' || array_to_string(t.evttags, ', ') || ')', 'execute', t.evtfoid::regprocedure,
    ${state('t.evtenabled')}), ''
  from pg_event_trigger t where not ${ownedBy("'e'", 'pg_event_trigger', 't.oid')}`;

const VIEW_TEXT = 'pg_get_viewdef(c.oid)';

const VIEWS = `select 'view', rel.shown, concat_ws(' ', case rel.relkind when 'm' then 'materialized' end,
    'with (' || array_to_string(c.reloptions, ', ') || ')', 'md5', md5(${VIEW_TEXT})), ''
  from rel join pg_class c on c.oid = rel.oid where rel.relkind in ('v', 'm')`;

const MATERIALIZED_INDEXES = `select 'index', rel.shown || '.' || c.relname,
    pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (invalid)' end, 'view ' || rel.shown
  from rel join pg_index i on i.indrelid = rel.oid join pg_class c on c.oid = i.indexrelid where rel.relkind = 'm'`;

// pg_get_functiondef refuses aggregates; what an aggregate is made of stands in pg_aggregate.
const FUNCTION_TEXT = `case p.prokind when 'a' then (select concat_ws(' ', g.aggtransfn::regprocedure, g.aggfinalfn::regproc,
      g.aggtranstype::regtype, g.agginitval) from pg_aggregate g where g.aggfnoid = p.oid)
      else pg_get_functiondef(p.oid) end`;
const FUNCTION_NAME = `${shown('p.proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')'`;

const FUNCTIONS = `select 'function', ${FUNCTION_NAME}, 'md5 ' || md5(${FUNCTION_TEXT}), ''
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${SCHEMAS} and not ${ownedBy("'e', 'i'", 'pg_proc', 'p.oid')}`;

const PARTS = [
  EXTENSIONS,
  SCHEMA_NAMES,
  TYPES,
  SEQUENCES,
  TABLES,
  COLUMNS,
  CONSTRAINTS,
  INDEXES,
  STATISTICS,
  ROW_SECURITY,
  POLICIES,
  RULES,
  TRIGGERS,
  EVENT_TRIGGERS,
  VIEWS,
  MATERIALIZED_INDEXES,
  FUNCTIONS,
];

/** Every object of the application's schema, one row each (apis: schema parity). PostgreSQL 12 and later. */
export const CATALOGUE_SQL = `with ${RELATIONS}
  ${PARTS.join('\n  union all\n  ')}`;

/** What the catalogue knows by its md5 alone, in full: views and functions. */
export const TEXTS_SQL = `with ${RELATIONS}
  select 'view ' || rel.shown as item, ${VIEW_TEXT} as text from rel join pg_class c on c.oid = rel.oid
  where rel.relkind in ('v', 'm')
  union all select 'function ' || ${FUNCTION_NAME}, ${FUNCTION_TEXT}
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${SCHEMAS} and not ${ownedBy("'e', 'i'", 'pg_proc', 'p.oid')}`;
