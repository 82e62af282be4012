import type { ConflictRow } from '../../../domain/gap/gap.ts';
import { type Compared, tupleOf } from './compare-rows.ts';
import { findMoved } from './find-moved.ts';
import { isMeant, type TablePair } from './pair.ts';
import { lookUp, type Side, type Texts } from './side.ts';

/** A row that would be written, lost or changed. */
export interface ComingRow {
  readonly key: string;
  readonly values: readonly string[];
  readonly known: Texts;
}

const comingOf = ({ lost, changed }: Compared): readonly ComingRow[] => [...lost, ...changed];

/** Tuples of `columns` in the rows, without those that hold no value: they neither refer nor collide. */
function tuplesOf(rows: readonly ComingRow[], columns: readonly string[]): readonly Texts[] {
  const picked = rows.map(({ known }) =>
    Object.fromEntries(columns.map((name) => [name, known[name] ?? null])),
  );
  return picked.filter((one) => Object.values(one).every((value) => value !== null));
}

/** Keys of the rows that are there, by the tuple that found them. */
async function findThere(live: Side, pair: TablePair, names: readonly string[], wanted: readonly Texts[]) {
  const columns = pair.columns.filter(({ name }) => names.includes(name));
  const found = new Map<string, string[]>();
  if (columns.length < names.length || wanted.length === 0) return found;
  for (const { asked, key } of await lookUp(live, pair, columns, wanted)) {
    const tuple = tupleOf(asked, names);
    found.set(tuple, [...(found.get(tuple) ?? []), key]);
  }
  return found;
}

type Held = Map<ComingRow, string>;

/** Another row has taken meanwhile what may be there only once, or may have. */
async function holdTaken(live: Side, compared: Compared, held: Held): Promise<void> {
  const { pair } = compared;
  const rows = comingOf(compared);
  for (const unique of pair.uniques) {
    const isKnown = unique.every((name) => pair.columns.some((one) => one.name === name));
    const taken = await findThere(live, pair, unique, tuplesOf(rows, unique));
    for (const row of rows) {
      const others = taken.get(tupleOf(row.known, unique)) ?? [];
      if (!isKnown) held.set(row, `whose ${unique.join(', ')} another row may have: it cannot be compared`);
      else if (others.some((key) => key !== row.key))
        held.set(row, `whose ${unique.join(', ')} another row has now`);
    }
  }
}

/** Rows among these whose parent neither is there nor comes back. Any part of a partitioned parent will do. */
async function findOrphans(
  live: Side,
  rows: readonly ComingRow[],
  { columns, refs }: TablePair['parents'][number],
  parents: readonly Compared[],
  held: Held,
): Promise<readonly ComingRow[]> {
  const coming = parents.flatMap(({ lost }) => lost.filter((row) => !held.has(row)));
  const there = new Set(coming.map(({ known }) => tupleOf(known, refs)));
  const referring = rows.filter((row) => tuplesOf([row], columns).length > 0);
  const wanted = tuplesOf(referring, columns).map((one) =>
    Object.fromEntries(refs.map((ref, at) => [ref, one[columns[at] ?? ''] ?? null])),
  );
  for (const { pair } of parents)
    for (const tuple of (await findThere(live, pair, refs, wanted)).keys()) there.add(tuple);
  return referring.filter(({ known }) => !there.has(tupleOf(known, columns)));
}

/** One whose parent neither is there nor comes back. Held rows of its own table count as not coming. */
async function holdOrphans(
  live: Side,
  compared: Compared,
  held: Held,
  all: readonly Compared[],
): Promise<boolean> {
  const before = held.size;
  for (const parent of compared.pair.parents) {
    const parents = all.filter(({ pair }) => isMeant(pair, parent.table));
    if (parents.length === 0) continue;
    const rows = comingOf(compared).filter((row) => !held.has(row));
    for (const row of await findOrphans(live, rows, parent, parents, held))
      held.set(row, `referring to a row of ${parents[0]?.pair.shown} that is not there`);
  }
  return held.size > before;
}

function withoutHeld(compared: Compared, held: Held): Compared {
  const conflicts: ConflictRow[] = comingOf(compared).flatMap((row) => {
    const why = held.get(row);
    return why === undefined ? [] : [{ key: row.key, values: row.values, why }];
  });
  return {
    ...compared,
    lost: compared.lost.filter((row) => !held.has(row)),
    changed: compared.changed.filter((row) => !held.has(row)),
    conflicts: [...compared.conflicts, ...conflicts],
  };
}

/**
 * Lost and changed rows that cannot be put back become conflicts: the database would refuse them, and everything else
 * with them; or they would stand there twice. `sorted` has parents first.
 */
export async function holdBack(live: Side, sorted: readonly Compared[]): Promise<readonly Compared[]> {
  const held: Held = new Map();
  for (const compared of sorted) {
    for (const row of findMoved(compared, sorted))
      held.set(row, 'that lies in another part of its table now');
    await holdTaken(live, compared, held);
  }
  let isMore = true;
  while (isMore) {
    isMore = false;
    for (const compared of sorted) isMore = (await holdOrphans(live, compared, held, sorted)) || isMore;
  }
  return sorted.map((compared) => withoutHeld(compared, held));
}
