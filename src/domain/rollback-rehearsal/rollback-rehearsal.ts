/** Parts of a rollback that a rehearsal tries, or only asks about. */
export type PartName = 'code' | 'database' | 'services' | 'messages' | 'time';

/** What is known of a part afterwards; `unknown` is never `ok`. */
export type PartOutcome = 'ok' | 'not' | 'unknown';

/** One part, and what came of it. */
export interface RehearsedPart {
  readonly name: PartName;
  readonly outcome: PartOutcome;
  /** A sentence without an end. */
  readonly said: string;
  /** What to do about it; where it is not ok. */
  readonly remedy?: string;
  readonly tookMs: number;
  /** What belongs to it and was left alone, because trying it would touch production. */
  readonly notTried?: readonly string[];
}

export type RehearsalOutcome = 'proven' | 'not-proven' | 'unknown';

/**
 * One rehearsal of a rollback as the ledger keeps it. It speaks for these versions, this commit and this configuration
 * alone. Times in ms.
 */
export interface RollbackRehearsal {
  /** The version that is left, and where to, each with its `v`. */
  readonly from: string;
  readonly to: string;
  /** The commit of what is left, and of the tag. */
  readonly commit: string;
  readonly target: string;
  readonly data: 'none' | 'down' | 'restore';
  readonly configDigest: string;
  /** Stands for the migrations of what is left and those that the database has. */
  readonly migrations: string;
  readonly outcome: RehearsalOutcome;
  /** What is not ok, in words; empty when it was proven. */
  readonly because: string;
  /** All of the rehearsal. */
  readonly tookMs: number;
  /** The real rollback, as far as it can be told. */
  readonly estimateMs: number;
  readonly severity: string;
  /** How long a rollback of this urgency may take; missing where the runbook gives it no limit. */
  readonly limitMs?: number;
  readonly parts: readonly { readonly name: string; readonly outcome: string; readonly tookMs: number }[];
}

/** What the parts amount to: one that went wrong is not proven, one without an answer is not known, and no part proves nothing. */
export function judgeParts(parts: readonly RehearsedPart[]): RehearsalOutcome {
  if (parts.some(({ outcome }) => outcome === 'not')) return 'not-proven';
  const isKnown = parts.length > 0 && parts.every(({ outcome }) => outcome === 'ok');
  return isKnown ? 'proven' : 'unknown';
}
