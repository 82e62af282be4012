import * as z from 'zod';
import { APPLICATION_TABLES, SHOWN } from '../count-rows.ts';
import type { ReadRows } from '../session.ts';

const columnShape = z.object({
  name: z.string(),
  quoted: z.string(),
  literal: z.string(),
  type: z.string(),
  /** True for an identity that only the server may set: an insert can give it, an update cannot. */
  isFixed: z.boolean(),
});
const names = z.array(z.string());

const tableShape = z.object({
  quoted: z.string(),
  shown: z.string(),
  columns: z.array(columnShape),
  key: names,
  uniques: z.array(names),
  parents: z.array(
    z.object({
      table: z.string(),
      columns: names,
      refs: names,
      onDelete: z.enum(['stays', 'goes', 'changes']),
    }),
  ),
  /** Partitioned tables that this one is a part of, and the columns by which they are parted. */
  roots: names,
  partedBy: names,
  hasTriggers: z.boolean(),
  /** False where the role may not read, or a policy hides rows from it. */
  mayRead: z.boolean(),
});

export type TableColumn = z.infer<typeof columnShape>;

/** A table as the comparison needs it: names as SQL writes them, and which columns tell its rows apart. */
export type TableShape = z.infer<typeof tableShape>;

const namesOf = (of: string, key: string): string =>
  `(select json_agg(a.attname order by k.at) from unnest(${key}) with ordinality as k(num, at)
    join pg_attribute a on a.attrelid = ${of} and a.attnum = k.num)`;

const ANCESTORS = `(select a.relid from pg_partition_ancestors(c.oid) as a(relid) where a.relid <> c.oid)`;

// A generated column is made from the others. A key whose check can be put off cannot stop a second insert. A reference
// to a partitioned table stands there once more for each part of it; none of the parts has to hold every row.
const TABLES = `select format('%I.%I', n.nspname, c.relname) as quoted, ${SHOWN} as shown,
  (select coalesce(json_agg(json_build_object('name', attname, 'quoted', quote_ident(attname),
      'literal', quote_literal(attname), 'type', format_type(atttypid, atttypmod),
      'isFixed', attidentity = 'a') order by attnum), '[]')
    from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
  coalesce((select ${namesOf('c.oid', 'i.indkey')}
    from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indimmediate), '[]') as key,
  (select coalesce(json_agg(${namesOf('c.oid', 'i.indkey')}), '[]') from pg_index i
    where i.indrelid = c.oid and i.indisunique and not i.indisprimary and i.indnatts = i.indnkeyatts
      and i.indpred is null and i.indexprs is null) as uniques,
  (select coalesce(json_agg(json_build_object('table', format('%I.%I', pn.nspname, p.relname),
      'columns', ${namesOf('f.conrelid', 'f.conkey')}, 'refs', ${namesOf('f.confrelid', 'f.confkey')},
      'onDelete', case f.confdeltype when 'c' then 'goes' when 'n' then 'changes' when 'd' then 'changes' else 'stays' end)), '[]')
    from pg_constraint f join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace
    where f.conrelid = c.oid and f.contype = 'f' and not exists (
      select from pg_constraint o where o.oid = f.conparentid and o.conrelid = f.conrelid)) as parents,
  (select coalesce(json_agg(format('%I.%I', rn.nspname, r.relname)), '[]') from pg_class r
    join pg_namespace rn on rn.oid = r.relnamespace where r.oid in ${ANCESTORS}) as roots,
  (select coalesce(json_agg(a.attname), '[]') from pg_partitioned_table o join pg_attribute a
    on a.attrelid = o.partrelid and a.attnum = any(o.partattrs) where o.partrelid in ${ANCESTORS}) as "partedBy",
  exists (select from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgenabled <> 'D')
    as "hasTriggers",
  has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') and not row_security_active(c.oid)
    as "mayRead"
  ${APPLICATION_TABLES}
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 2`;

/** The application's tables, by name; what an extension made is not its own. */
export const readTables = (rows: ReadRows): Promise<readonly TableShape[]> => rows(tableShape, TABLES);
