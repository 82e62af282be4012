import type { LedgerEvent } from '../../ledger/event.ts';
import { type FoldedLines, foldLines, type RunLine } from '../../ledger/fold-lines.ts';
import type { RecordPoint, Since } from '../../ledger/record-view.ts';
import { type PickedLines, pickLines, showLines, type WantedLines } from '../../ledger/show-lines.ts';
import type { Viewed } from '../wiring/open-view.ts';

/** The runs of one record that are wanted, and what the ledger could not tell. */
export interface Seen<T extends RunLine = RunLine> extends PickedLines<T>, Pick<Since, 'unreached'> {
  /** When the last entry that is known was written. */
  readonly seenAt?: string | undefined;
}

export const lastOf = (events: readonly LedgerEvent[]): string | undefined => events.at(-1)?.at;

const isSame = (a: RecordPoint | undefined, b: RecordPoint | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Everything again, where what was proven before is not all there. */
async function foldFrom(
  { record }: Viewed,
  since: Since,
  before: FoldedLines | undefined,
): Promise<{ readonly since: Since; readonly folded: FoldedLines }> {
  const whole = since.follows && before === undefined ? await record.since() : since;
  return { since: whole, folded: foldLines(whole.events, before) };
}

/**
 * The lines of one record. What was proven before is believed for exactly the entries that it was proven of; what came
 * since is proven and folded on. Throws what reading the ledger throws.
 */
export async function readLines(viewed: Viewed, wanted: WantedLines): Promise<Seen> {
  const { record, memory } = viewed;
  const kept = memory?.recall();
  const found = await record.since(kept?.point);
  const known = found.follows ? kept : undefined;
  const away = found.unreached === undefined ? {} : { unreached: found.unreached };
  const picked = known && isSame(found.point, known.point) ? known.pick(wanted) : undefined;
  if (picked !== undefined) return { ...picked, seenAt: known?.seenAt, ...away };
  const { since, folded } = await foldFrom(viewed, found, known?.fold());
  const seenAt = lastOf(since.events) ?? known?.seenAt;
  const { point } = since;
  if (memory && point && seenAt !== undefined) memory.keep({ point, seenAt, folded });
  return { ...pickLines(showLines(folded), wanted), seenAt, ...away };
}
