import { ReleaseError } from '../domain/failure.ts';
import type { Json } from '../domain/json.ts';
import { canonicalJson, sha256 } from './digest.ts';
import type { LedgerEvent } from './event.ts';

/** Hash before the first event. */
export const GENESIS = '0';

/** Hash of an event over everything in it but the hash itself. */
export const hashOf = (event: Omit<LedgerEvent, 'h'>): string =>
  sha256(canonicalJson(event as unknown as Json));

/** An event as a line of a journal holds it. */
export const lineOf = (event: LedgerEvent): string => canonicalJson(event as unknown as Json);

/**
 * Whether an event's hash is true. A line as we write it is already the text that was hashed, but for the hash itself:
 * nothing has to be sorted again, which is most of what reading a long journal costs. Other lines are.
 */
function isTrue({ h, ...rest }: LedgerEvent, line: string): boolean {
  return sha256(line.replace(`"h":"${h}",`, '')) === h || hashOf(rest) === h;
}

/** The refusal of a chain that cannot be trusted from entry `seq` on. */
export const refuseDamaged = (where: string, seq: number, why: string): ReleaseError =>
  new ReleaseError('E_LEDGER_DAMAGED', {
    what: `The ledger ${where} is damaged at entry ${seq}: ${why}.`,
    why: 'Entries are chained by hash; this one was changed, or the disk lost a part of it. Nothing was cut off.',
    next: 'Keep it as it is, and compare it with a copy before you go on.',
    state: 'untouched',
  });

const WORDS = ['id', 'scope', 'run', 'at', 'host', 'actor', 'type', 'p', 'h'] as const;

/** What every reader relies on. What stands in `data` is covered by the hash alone: whoever could forge that could forge anything. */
function isEvent(value: unknown): value is LedgerEvent {
  if (value === null || typeof value !== 'object') return false;
  const event = value as Readonly<Record<string, unknown>>;
  const isPlaced = Number.isSafeInteger(event.seq) && Number.isSafeInteger(event.epoch);
  const isTold = typeof event.data === 'object' && event.data !== null;
  return isPlaced && isTold && WORDS.every((word) => typeof event[word] === 'string');
}

function parseLine(line: string, where: string, seq: number): LedgerEvent {
  try {
    const value: unknown = JSON.parse(line);
    if (isEvent(value)) return value;
  } catch {
    throw refuseDamaged(where, seq, 'it is no JSON');
  }
  throw refuseDamaged(where, seq, 'it is no event');
}

/**
 * Reads complete lines that follow `after` and proves the chain. Throws E_LEDGER_DAMAGED naming the entry;
 * a broken entry is never skipped, because what comes behind it could have been forged (F15).
 */
export function readChain(
  lines: readonly string[],
  after: { readonly seq: number; readonly hash: string },
  where: string,
): LedgerEvent[] {
  let { seq, hash } = after;
  return lines.map((line) => {
    seq += 1;
    const event = parseLine(line, where, seq);
    if (event.seq !== seq) throw refuseDamaged(where, seq, `it calls itself ${event.seq}`);
    if (event.p !== hash) throw refuseDamaged(where, seq, 'it does not follow the one before');
    if (!isTrue(event, line)) throw refuseDamaged(where, seq, 'its hash is wrong');
    hash = event.h;
    return event;
  });
}

/** Number of the newest claim among these events, or `before` when none of them is one. */
export const newestClaim = (events: readonly LedgerEvent[], before = 0): number =>
  events.reduce(
    (epoch, { type, epoch: own }) =>
      type === 'lock.acquired' || type === 'lock.takeover' ? Math.max(epoch, own) : epoch,
    before,
  );

/**
 * Drops what a holder wrote after somebody else took over (read-side fence of stores without a server). `before` is the
 * newest claim of what stands in front of them.
 */
export function dropFenced(events: readonly LedgerEvent[], before = 0): readonly LedgerEvent[] {
  let epoch = before;
  return events.filter((event) => {
    epoch = newestClaim([event], epoch);
    return event.epoch >= epoch;
  });
}
