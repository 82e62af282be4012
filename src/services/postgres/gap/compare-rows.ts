import type { ChangedRow, ConflictRow } from '../../../domain/gap/gap.ts';
import { findDeleted } from './find-deleted.ts';
import type { TablePair } from './pair.ts';
import {
  keyColumns,
  lookUp,
  MOST_ROWS,
  readWrittenRows,
  type Side,
  type Texts,
  type WrittenRow,
} from './side.ts';

/** What differs in one table; `undefined` of more rows than can be told. */
export interface Compared {
  readonly pair: TablePair;
  readonly lost: readonly WrittenRow[];
  readonly changed: readonly ChangedRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly deleted: Awaited<ReturnType<typeof findDeleted>>;
}

/** Some texts of a row as one, to be compared. */
export const tupleOf = (texts: Texts, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => texts[name] ?? null));

const lookUpKeys = async (side: Side, pair: TablePair, written: readonly WrittenRow[]) => {
  const columns = keyColumns(pair);
  const wanted = written.map(({ known }) =>
    Object.fromEntries(columns.map(({ name }) => [name, known[name] ?? null])),
  );
  const found = await lookUp(side, pair, columns, wanted);
  return new Map(found.map((one) => [tupleOf(one.asked, pair.key), one]));
};

const BOTH = 'changed in the gap, and again since the restore';

/** Compares one table by the restore point. A row that both sides left alone is the same in both. */
export async function compareRows(kept: Side, live: Side, pair: TablePair): Promise<Compared | undefined> {
  const [then, since] = await Promise.all([readWrittenRows(kept, pair), readWrittenRows(live, pair)]);
  if (then.length > MOST_ROWS || since.length > MOST_ROWS) return undefined;
  const [now, before] = await Promise.all([lookUpKeys(live, pair, then), lookUpKeys(kept, pair, since)]);
  const lost = then.filter(({ known }) => !now.has(tupleOf(known, pair.key)));
  const onlyLive = since.filter(({ known }) => !before.has(tupleOf(known, pair.key)));
  const changed: ChangedRow[] = [];
  const conflicts: ConflictRow[] = [];
  for (const row of then) {
    const other = now.get(tupleOf(row.known, pair.key));
    if (other === undefined || other.digest === row.digest) continue;
    if (other.isWritten) conflicts.push({ key: row.key, why: BOTH });
    else changed.push({ key: row.key, values: row.values, seen: other.digest });
  }
  const deleted = await findDeleted(pair, { kept, live, onlyKept: lost, onlyLive });
  return { pair, lost, changed, conflicts, deleted };
}
