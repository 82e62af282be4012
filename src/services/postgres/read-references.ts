import * as z from 'zod';
import type { Reference } from '../../domain/integrity-sql.ts';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import { SHOWN } from './count-rows.ts';

const shape = z.object({
  name: z.string(),
  from: z.string(),
  fromColumns: z.array(z.string()),
  to: z.string(),
  toColumns: z.array(z.string()),
  isFull: z.boolean(),
  isGuarded: z.boolean(),
});

const columns = (relation: string, numbers: string): string => `array(
    select quote_ident(a.attname) from unnest(${numbers}) with ordinality k (num, nth)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.num order by k.nth)`;

// PostgreSQL keeps a reference of a plain table by its own rows alone, whatever inherits from it.
const relation = (oid: string): string => `case (select relkind from pg_class where oid = ${oid})
    when 'r' then 'only ' else '' end || (
    select format('%I.%I', s.nspname, r.relname) from pg_class r join pg_namespace s on s.oid = r.relnamespace
    where r.oid = ${oid})`;

// `to_jsonb`, because servers before 18 know no constraint that is not enforced. A key of a partition belongs to its parent.
const REFERENCES = `select ${SHOWN} || '.' || con.conname as name,
    ${relation('con.conrelid')} as "from", ${columns('con.conrelid', 'con.conkey')} as "fromColumns",
    ${relation('con.confrelid')} as "to", ${columns('con.confrelid', 'con.confkey')} as "toColumns",
    con.confmatchtype = 'f' as "isFull",
    con.convalidated and coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true) and not exists (
      select from pg_trigger t where t.tgconstraint = con.oid and t.tgenabled not in ('O', 'A')) as "isGuarded"
  from pg_constraint con
  join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
  where con.contype = 'f' and con.conparentid = 0 and c.relpersistence <> 't'
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'release_runbook') order by 1`;

/** Every foreign key of the application, no temporary table of some session, also those that are not validated or switched off (DAT-07). */
export const readReferences = (ask: Ask, address: Address): Promise<readonly Reference[]> =>
  ask(address, { doing: 'list its foreign keys', read: (rows) => rows(shape, REFERENCES) });
