import type { FoldedLines, RunLine } from '../../ledger/fold-lines.ts';
import type { RecordPoint } from '../../ledger/record-view.ts';
import { type PickedLines, pickLines, showLines, type WantedLines } from '../../ledger/show-lines.ts';
import { findSlot, type Slot, sha256, useKept, writeKept } from './kept-file.ts';

/** How far a record was proven, and what was in it. */
export interface ProvenLines {
  readonly point: RecordPoint;
  /** When its last entry was written (ISO). */
  readonly seenAt: string;
  readonly folded: FoldedLines;
}

/** The same as an earlier process left it, read as far as it is asked for. Undefined: that part is not there any more. */
export interface KeptLines extends Pick<ProvenLines, 'point' | 'seenAt'> {
  pick(wanted: WantedLines): PickedLines | undefined;
  fold(): FoldedLines | undefined;
}

/** What was proven of one record, kept beside the program. It makes a look faster, and is never a source of truth. */
export interface RecordMemory {
  recall(): KeptLines | undefined;
  keep(proven: ProvenLines): void;
}

/** As many as a list shows: for them alone not all the others have to be read. */
const NEWEST = 15;

interface Head extends Pick<ProvenLines, 'point' | 'seenAt'> {
  readonly total: number;
  readonly late: readonly string[];
  readonly newest: readonly RunLine[];
}

/** A line as it is shown; its place in the fold, and whether it is still open there. */
type Row = readonly [RunLine, number, boolean];

const LINE_END = 10;

/** All lines lie beside the head, under a key that only this point gives: they belong together or are not there. */
const besideOf = ({ path, key }: Slot, point: RecordPoint): Slot => ({
  path: path.replace(/json$/, 'rows'),
  key: sha256(`${key} ${JSON.stringify(point)}`),
});

/** Rows that hold this text, which is looked for in the bytes: one version is in few of many thousand. */
function findRows(rows: Buffer, text: string): readonly RunLine[] {
  const found: RunLine[] = [];
  for (let at = rows.indexOf(text); at >= 0; ) {
    const end = rows.indexOf(LINE_END, at) + 1;
    const row = rows.toString('utf8', rows.lastIndexOf(LINE_END, at) + 1, end);
    found.push((JSON.parse(row) as Row)[0]);
    at = rows.indexOf(text, end);
  }
  return found;
}

const parseRows = (rows: Buffer): readonly Row[] =>
  rows
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row) as Row);

function pickRows(rows: Buffer, wanted: WantedLines): PickedLines {
  const { version } = wanted;
  const shown =
    version === undefined ? parseRows(rows).map(([line]) => line) : findRows(rows, JSON.stringify(version));
  return pickLines(shown, wanted);
}

function foldRows(rows: Buffer, late: readonly string[]): FoldedLines {
  const runs: RunLine[] = [];
  for (const [line, place, isOpen] of parseRows(rows))
    runs[place] = isOpen ? { ...line, end: 'open', said: '' } : line;
  return { runs, late };
}

function recall(slot: Slot): KeptLines | undefined {
  const head = useKept(slot, (bytes) => JSON.parse(bytes.toString('utf8')) as Head);
  if (head === undefined) return undefined;
  const { total, late, newest, point, seenAt } = head;
  const beside = besideOf(slot, point);
  return {
    ...{ point, seenAt },
    pick: (wanted) => {
      if (wanted.version === undefined && wanted.most <= NEWEST)
        return { total, runs: newest.slice(-wanted.most) };
      return useKept(beside, (rows) => pickRows(rows, wanted));
    },
    fold: () => useKept(beside, (rows) => foldRows(rows, late)),
  };
}

function keep(slot: Slot, { point, seenAt, folded }: ProvenLines): void {
  const { runs, late } = folded;
  const places = new Map(runs.map((run, place) => [run.run, place]));
  const shown = showLines(folded);
  const rows = shown.map((line) => {
    const place = places.get(line.run) ?? 0;
    return `${JSON.stringify([line, place, runs[place]?.end === 'open'])}\n`;
  });
  writeKept(besideOf(slot, point), rows.join(''));
  const head: Head = { total: shown.length, late, newest: shown.slice(-NEWEST), point, seenAt };
  writeKept(slot, JSON.stringify(head));
}

/** The memory of the record that these parts name; undefined where nothing is kept. */
export function rememberRecord(
  env: Readonly<Record<string, string | undefined>>,
  place: readonly unknown[],
): RecordMemory | undefined {
  const slot = findSlot(env, 'record', JSON.stringify(place), place);
  return slot && { recall: () => recall(slot), keep: (proven) => keep(slot, proven) };
}
