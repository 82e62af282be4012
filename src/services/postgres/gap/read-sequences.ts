import * as z from 'zod';
import type { Gap } from '../../../domain/gap/gap.ts';
import type { ReadRows } from '../session.ts';

const sequenceShape = z.object({
  quoted: z.string(),
  literal: z.string(),
  last: z.string().nullable(),
  goesUp: z.boolean(),
  mayRead: z.boolean(),
  owner: z.string().nullable(),
});
type Sequence = z.infer<typeof sequenceShape>;

// A sequence that nobody has asked yet has no last value; to one who may not read it every sequence looks so.
const SEQUENCES = `select format('%I.%I', n.nspname, c.relname) as quoted,
    quote_literal(format('%I.%I', n.nspname, c.relname)) as literal, s.seqincrement > 0 as "goesUp",
    has_sequence_privilege(c.oid, 'select,usage') as "mayRead",
    (select format('%I.%I', tn.nspname, t.relname) from pg_depend d join pg_class t on t.oid = d.refobjid
      join pg_namespace tn on tn.oid = t.relnamespace where d.classid = 'pg_class'::regclass and d.objid = c.oid
      and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') limit 1) as owner,
    case when has_sequence_privilege(c.oid, 'select,usage') then pg_sequence_last_value(c.oid)::text end as last
  from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'release_runbook', 'drizzle')
    and c.relpersistence <> 't'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 1`;

function isBehind(live: Pick<Sequence, 'last' | 'goesUp'>, last: string): boolean {
  if (live.last === null) return true;
  return live.goesUp ? BigInt(live.last) < BigInt(last) : BigInt(live.last) > BigInt(last);
}

/**
 * Sequences of the present state that stand before where the kept state had them, and the names of those that the role may
 * not read on one of the sides.
 */
export async function readBehind(
  kept: ReadRows,
  live: ReadRows,
): Promise<Pick<Gap, 'sequences' | 'unreadSequences'>> {
  const [then, now] = await Promise.all([kept(sequenceShape, SEQUENCES), live(sequenceShape, SEQUENCES)]);
  const pairs = then.flatMap((one) => {
    const other = now.find(({ quoted }) => quoted === one.quoted);
    return other === undefined ? [] : [{ one, other }];
  });
  const read = pairs.filter(({ one, other }) => one.mayRead && other.mayRead);
  return {
    sequences: read.flatMap(({ one: { quoted, last }, other: { literal, goesUp, owner, ...live } }) =>
      last === null || !isBehind({ goesUp, last: live.last }, last)
        ? []
        : [{ name: quoted, quoted, literal, to: last, goesUp, owner }],
    ),
    unreadSequences: pairs.filter((pair) => !read.includes(pair)).map(({ one }) => one.quoted),
  };
}
