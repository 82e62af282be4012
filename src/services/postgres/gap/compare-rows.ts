import type { ChangedRow, ConflictRow } from '../../../domain/gap/gap.ts';
import { findDeleted } from './find-deleted.ts';
import type { TablePair } from './pair.ts';
import {
  type FoundRow,
  keyColumns,
  lookUp,
  MOST_ROWS,
  readWrittenRows,
  type Side,
  type Texts,
  type WrittenRow,
} from './side.ts';

/** A row that was changed in the gap alone, with the texts by which it refers and collides. */
export interface ChangedHere extends ChangedRow {
  readonly known: Texts;
}

/** What differs in one table; `undefined` of more rows than can be told. */
export interface Compared {
  readonly pair: TablePair;
  readonly lost: readonly WrittenRow[];
  readonly changed: readonly ChangedHere[];
  readonly conflicts: readonly ConflictRow[];
  readonly deleted: Awaited<ReturnType<typeof findDeleted>>;
  /** How many rows the gap wrote, and how many keys are in the present state alone and were written since. */
  readonly written: number;
  readonly since: number;
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
const UNSURE = 'lost in the gap, or deleted since the restore';

/** A row that was changed in the gap alone, or by both. */
function tellChange(row: WrittenRow, other: FoundRow): ChangedHere | ConflictRow {
  const { key, values, known } = row;
  if (other.isWritten) return { key, values, why: BOTH };
  return { key, values, known, seen: other.digest, xmin: other.xmin };
}

const isConflict = (one: ChangedHere | ConflictRow): one is ConflictRow => 'why' in one;

/** Compares one table by the restore point. A row that both sides left alone is the same in both. */
export async function compareRows(kept: Side, live: Side, pair: TablePair): Promise<Compared | undefined> {
  const [then, since] = await Promise.all([readWrittenRows(kept, pair), readWrittenRows(live, pair)]);
  if (then.length > MOST_ROWS || since.length > MOST_ROWS) return undefined;
  const [now, before] = await Promise.all([lookUpKeys(live, pair, then), lookUpKeys(kept, pair, since)]);
  const onlyKept = then.filter(({ known }) => !now.has(tupleOf(known, pair.key)));
  const onlyLive = since.filter(({ known }) => !before.has(tupleOf(known, pair.key)));
  const told = then.flatMap((row) => {
    const other = now.get(tupleOf(row.known, pair.key));
    return other === undefined || other.digest === row.digest ? [] : [tellChange(row, other)];
  });
  const unsure = onlyKept.filter(({ isSure }) => !isSure);
  return {
    pair,
    lost: onlyKept.filter(({ isSure }) => isSure),
    changed: told.filter((one): one is ChangedHere => !isConflict(one)),
    conflicts: [
      ...told.filter(isConflict),
      ...unsure.map(({ key, values }) => ({ key, values, why: UNSURE })),
    ],
    deleted: await findDeleted(pair, { kept, live, onlyKept, onlyLive }),
    written: then.length,
    since: onlyLive.length,
  };
}
