import * as z from 'zod';
import { ReleaseError } from '../../../domain/failure.ts';
import type { BehindSequence } from '../../../domain/gap/gap.ts';
import type { ReadRows } from '../session.ts';

const sequenceShape = z.object({
  quoted: z.string(),
  literal: z.string(),
  last: z.string().nullable(),
  goesUp: z.boolean(),
  mayRead: z.boolean(),
});
type Sequence = z.infer<typeof sequenceShape>;

// A sequence that nobody has asked yet has no last value; to one who may not read it every sequence looks so.
const SEQUENCES = `select format('%I.%I', n.nspname, c.relname) as quoted,
    quote_literal(format('%I.%I', n.nspname, c.relname)) as literal, s.seqincrement > 0 as "goesUp",
    has_sequence_privilege(c.oid, 'select') as "mayRead",
    case when has_sequence_privilege(c.oid, 'select') then pg_sequence_last_value(c.oid)::text end as last
  from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'release_runbook', 'drizzle')
    and c.relpersistence <> 't'
  order by 1`;

const unread = (quoted: string): ReleaseError =>
  new ReleaseError('E_DB_RIGHTS', {
    what: `The role may not read the sequence ${quoted}.`,
    why: 'Nobody could say which numbers it has given out already.',
    next: `grant select on sequence ${quoted} to the role of the connection string.`,
    state: 'untouched',
  });

async function readAll(rows: ReadRows): Promise<readonly Sequence[]> {
  const all = await rows(sequenceShape, SEQUENCES);
  const hidden = all.find(({ mayRead }) => !mayRead);
  if (hidden !== undefined) throw unread(hidden.quoted);
  return all;
}

function isBehind(live: Sequence, last: string): boolean {
  if (live.last === null) return true;
  return live.goesUp ? BigInt(live.last) < BigInt(last) : BigInt(live.last) > BigInt(last);
}

/** Sequences of the present state that stand before where the kept state had them. Throws E_DB_RIGHTS. */
export async function readBehind(kept: ReadRows, live: ReadRows): Promise<readonly BehindSequence[]> {
  const [then, now] = await Promise.all([readAll(kept), readAll(live)]);
  return then.flatMap(({ quoted, last }) => {
    const other = now.find((one) => one.quoted === quoted);
    if (other === undefined || last === null || !isBehind(other, last)) return [];
    const { literal, goesUp } = other;
    return [{ name: quoted, quoted, literal, to: last, goesUp }];
  });
}
