import * as z from 'zod';
import { type Compared, tupleOf } from './compare-rows.ts';
import type { WrittenRow } from './side.ts';

const keyShape = z.record(z.string(), z.string().nullable());

/**
 * Lost rows that were only moved: another part of the same partitioned table has a row now with the same key, but for the
 * columns by which it is parted. Put back, the row would be there twice.
 */
export function findMoved({ pair, lost }: Compared, all: readonly Compared[]): readonly WrittenRow[] {
  const names = pair.key.filter((name) => !pair.partedBy.includes(name));
  const siblings = all.filter(
    (one) => one.pair !== pair && one.pair.roots.some((root) => pair.roots.includes(root)),
  );
  if (names.length === 0 || siblings.length === 0) return [];
  const back = siblings.flatMap(({ deleted }) =>
    deleted.map(({ key }) => tupleOf(keyShape.parse(JSON.parse(key)), names)),
  );
  const tuples = new Set(back);
  return lost.filter(({ known }) => tuples.has(tupleOf(known, names)));
}
