import type { Finding } from '../../domain/finding.ts';
import { makeFinding } from '../../engine/make-finding.ts';
import type { Check, Policy } from '../../kit.ts';
import type { RecordedFinding } from '../../ledger/recorded-finding.ts';

/** How old an answer is in ms; clocks of two machines that disagree make it new, never negative. */
export const ageOf = ({ at }: { readonly at: string }, now: Date): number =>
  Math.max(0, now.getTime() - Date.parse(at));

/** How far the clocks of two machines may stand apart. */
const CLOCKS_APART_MS = 15 * 60_000;

/**
 * True while an answer counts. One whose time cannot be read has passed, and so has one of a far future: on a clock that
 * was set back it would count until that day comes.
 */
export const isFresh = (record: RecordedFinding, now: Date): boolean =>
  ageOf(record, now) <= record.freshForMs && Date.parse(record.at) - now.getTime() <= CLOCKS_APART_MS;

/** The finding that a record stands for: dated as it was, with its digest, and without the waiver it once had. */
export function restore(check: Check, record: RecordedFinding, policy: Policy): Finding {
  const { outcome, said = 'recorded without its words', remedy, evidence, holds, credential } = record;
  const { at, freshForMs, digest } = record;
  const answered = {
    outcome,
    said,
    ...(remedy === undefined ? {} : { remedy }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(holds === undefined ? {} : { holds }),
    ...(credential === undefined ? {} : { credential }),
  };
  const measured = { at: new Date(at), startMs: 0, durationMs: 0 };
  return { ...makeFinding(check, answered, measured, policy), freshForMs, digest, recorded: true };
}
