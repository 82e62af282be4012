import * as z from 'zod';
import type { Script } from './read-script.ts';
import type { ReadRows } from './session.ts';

const shape = z.object({ name: z.string(), bare: z.string() });
export type InvalidIndex = z.infer<typeof shape>;

// The parent of a partitioned index is invalid until every partition has one; nothing failed there.
const SQL = `select format('%I.%I', n.nspname, c.relname) as name, c.relname::text as bare
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  where not i.indisvalid and c.relkind = 'i' order by 1`;

/** Indexes that a failed concurrent build left behind (F67). */
export const listInvalid = (rows: ReadRows): Promise<readonly InvalidIndex[]> => rows(shape, SQL);

/** Those that the file would make and does not take away first. */
export function inTheWay({ statements }: Script, invalid: readonly InvalidIndex[]): readonly string[] {
  const taken = new Set<string>();
  const hit = new Set<string>();
  for (const { makes, takes } of statements) {
    for (const name of takes) taken.add(name);
    for (const name of makes) if (!taken.has(name)) hit.add(name);
  }
  return invalid.filter(({ bare }) => hit.has(bare)).map(({ name }) => name);
}

/** Those that were not there before. */
export function newlyInvalid(
  before: readonly InvalidIndex[],
  now: readonly InvalidIndex[],
): readonly string[] {
  const known = new Set(before.map(({ name }) => name));
  return now.map(({ name }) => name).filter((name) => !known.has(name));
}
