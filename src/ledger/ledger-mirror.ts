/** What this machine last saw of a scope, beside what the store has now. Counts are of entries. */
export interface MirrorView {
  readonly scope: string;
  readonly seen: number;
  /** When the last entry that was seen here was written (ISO). */
  readonly seenAt: string;
  /** `follows`: the store has all of it, and what came since is sound. */
  readonly there: 'follows' | 'gone' | 'other';
  /** Seen here, and not there any more. */
  readonly lost: number;
  /** There, and never taken here; putting back takes them off. Undefined when nobody can count them. */
  readonly foreign: number | undefined;
  /** What stands there now, by the store's own name for it. */
  readonly head?: string;
  /** What would stand there. */
  readonly mirror: string;
}

/** The memory of a store that others can rewrite. */
export interface LedgerMirror {
  /** Undefined when nothing of the scope was ever seen here. Throws E_LEDGER_DAMAGED when what was seen is not sound. */
  compare(scope: string): Promise<MirrorView | undefined>;
  /**
   * Puts back exactly what was compared, or nothing; what stood there is kept aside on this machine. Gives the name that
   * it is kept under. Throws E_LEDGER_WRITE.
   */
  putBack(view: MirrorView): Promise<string | undefined>;
}
