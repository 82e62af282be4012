import type { ConflictRow } from '../../../domain/gap/gap.ts';
import { type Compared, tupleOf } from './compare-rows.ts';
import type { TablePair } from './pair.ts';
import { lookUp, type Side, type Texts, type WrittenRow } from './side.ts';

/** Tuples of `columns` in the rows, without those that hold no value: they neither refer nor collide. */
function tuplesOf(rows: readonly WrittenRow[], columns: readonly string[]): readonly Texts[] {
  const picked = rows.map(({ known }) =>
    Object.fromEntries(columns.map((name) => [name, known[name] ?? null])),
  );
  return picked.filter((one) => Object.values(one).every((value) => value !== null));
}

async function findThere(live: Side, pair: TablePair, names: readonly string[], wanted: readonly Texts[]) {
  const columns = pair.columns.filter(({ name }) => names.includes(name));
  if (columns.length < names.length || wanted.length === 0) return new Set<string>();
  return new Set((await lookUp(live, pair, columns, wanted)).map(({ asked }) => tupleOf(asked, names)));
}

type Held = Map<WrittenRow, string>;

/** Another row has taken meanwhile what may be there only once. */
async function holdTaken(live: Side, { pair, lost }: Compared, held: Held): Promise<void> {
  for (const unique of pair.uniques) {
    const taken = await findThere(live, pair, unique, tuplesOf(lost, unique));
    for (const row of lost)
      if (taken.has(tupleOf(row.known, unique)))
        held.set(row, `whose ${unique.join(', ')} another row has now`);
  }
}

/** One whose parent neither is there nor comes back. Held rows of its own table count as not coming. */
async function holdOrphans(
  live: Side,
  { pair, lost }: Compared,
  held: Held,
  all: readonly { readonly pair: TablePair; readonly lost: readonly WrittenRow[] }[],
): Promise<boolean> {
  const before = held.size;
  for (const { table, columns, refs } of pair.parents) {
    const parent = all.find((one) => one.pair.quoted === table);
    if (parent === undefined) continue;
    const coming = new Set(
      parent.lost.filter((row) => !held.has(row)).map(({ known }) => tupleOf(known, refs)),
    );
    const needed = lost.filter((row) => !held.has(row) && !coming.has(tupleOf(row.known, columns)));
    const wanted = tuplesOf(needed, columns).map((one) =>
      Object.fromEntries(refs.map((ref, at) => [ref, one[columns[at] ?? ''] ?? null])),
    );
    const there = await findThere(live, parent.pair, refs, wanted);
    for (const row of needed)
      if (tuplesOf([row], columns).length > 0 && !there.has(tupleOf(row.known, columns)))
        held.set(row, `referring to a row of ${parent.pair.shown} that is not there`);
  }
  return held.size > before;
}

/**
 * Lost rows that cannot be put back become conflicts: the database would refuse them, and everything else with them.
 * `sorted` has parents first.
 */
export async function holdBack(live: Side, sorted: readonly Compared[]): Promise<readonly Compared[]> {
  const held: Held = new Map();
  for (const compared of sorted) await holdTaken(live, compared, held);
  let isMore = true;
  while (isMore) {
    isMore = false;
    for (const compared of sorted) isMore = (await holdOrphans(live, compared, held, sorted)) || isMore;
  }
  return sorted.map((compared) => {
    const conflicts: ConflictRow[] = compared.lost.flatMap((row) => {
      const why = held.get(row);
      return why === undefined ? [] : [{ key: row.key, why }];
    });
    const lost = compared.lost.filter((row) => !held.has(row));
    return { ...compared, lost, conflicts: [...compared.conflicts, ...conflicts] };
  });
}
