import * as z from 'zod';
import { APPLICATION_TABLES, SHOWN } from '../count-rows.ts';
import type { ReadRows } from '../session.ts';

const columnShape = z.object({ name: z.string(), quoted: z.string(), literal: z.string(), type: z.string() });
const names = z.array(z.string());

const tableShape = z.object({
  quoted: z.string(),
  shown: z.string(),
  columns: z.array(columnShape),
  key: names,
  uniques: z.array(names),
  parents: z.array(z.object({ table: z.string(), columns: names, refs: names })),
  hasTriggers: z.boolean(),
});

export type TableColumn = z.infer<typeof columnShape>;

/** A table as the comparison needs it: names as SQL writes them, and which columns tell its rows apart. */
export type TableShape = z.infer<typeof tableShape>;

const namesOf = (of: string, key: string): string =>
  `(select json_agg(a.attname order by k.at) from unnest(${key}) with ordinality as k(num, at)
    join pg_attribute a on a.attrelid = ${of} and a.attnum = k.num)`;

// A generated column is made from the others. A key whose check can be put off cannot stop a second insert.
const TABLES = `select format('%I.%I', n.nspname, c.relname) as quoted, ${SHOWN} as shown,
  (select coalesce(json_agg(json_build_object('name', attname, 'quoted', quote_ident(attname),
      'literal', quote_literal(attname), 'type', format_type(atttypid, atttypmod)) order by attnum), '[]')
    from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
  coalesce((select ${namesOf('c.oid', 'i.indkey')}
    from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indimmediate), '[]') as key,
  (select coalesce(json_agg(${namesOf('c.oid', 'i.indkey')}), '[]') from pg_index i
    where i.indrelid = c.oid and i.indisunique and not i.indisprimary and i.indnatts = i.indnkeyatts
      and i.indpred is null and i.indexprs is null) as uniques,
  (select coalesce(json_agg(json_build_object('table', format('%I.%I', pn.nspname, p.relname),
      'columns', ${namesOf('f.conrelid', 'f.conkey')}, 'refs', ${namesOf('f.confrelid', 'f.confkey')})), '[]')
    from pg_constraint f join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace
    where f.conrelid = c.oid and f.contype = 'f') as parents,
  exists (select from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgenabled <> 'D')
    as "hasTriggers"
  ${APPLICATION_TABLES} order by 2`;

/** The application's tables, by name. */
export const readTables = (rows: ReadRows): Promise<readonly TableShape[]> => rows(tableShape, TABLES);
