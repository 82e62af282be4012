import type { LedgerEvent, NewEvent } from './event.ts';
import type { LedgerMirror } from './ledger-mirror.ts';

/** Who asks for the lock, and why. */
export interface Claim {
  readonly run: string;
  readonly actor: string;
  readonly reason: string;
  /** Take the lock from a holder that may still live; recorded with the reason. */
  readonly takeover?: boolean;
  /** A rollback never waits for a deploy; it does wait for another rollback. */
  readonly preempt?: 'rollback';
}

/** The right to append next. */
export interface Held {
  readonly scope: string;
  readonly epoch: number;
  readonly run: string;
  /** Monotonic milliseconds at which the right ends unless renewed; checked before every effect. */
  deadline(): number;
}

/** Who holds the lock now, for the refusal that a person can act on. */
export interface Holder {
  readonly run: string;
  readonly actor: string;
  readonly host: string;
  readonly reason: string;
  readonly since: string;
  readonly lastSign: string;
  readonly step?: string;
  /** The holder is a rollback, which no other one pushes aside. */
  readonly preempt?: 'rollback';
  /** False when the store is sure that the holder is gone (dead process on this machine, other boot). */
  readonly alive: boolean;
}

export interface AppendHow {
  /**
   * The event need not be durable before the next one that may not wait: a store may write them together then. It is
   * lost with the process, so that only what the next run finds out by itself may wait (docs/decisions/010).
   */
  readonly mayWait?: boolean;
}

/** A move of the record's own ref, for a push that is refused as a whole when anybody moved it before. */
export interface FenceMove {
  readonly ref: string;
  /** Null: it must not be there yet. */
  readonly from: string | null;
  readonly to: string;
}

/** What a look at a scope found. */
export interface Sight {
  readonly events: readonly LedgerEvent[];
  readonly holder?: Holder;
  /** Why the store could not be asked: this is what was last seen on this machine. */
  readonly unreached?: string;
}

/**
 * The append-only record. One interface, three stores. `append` is durable and fenced: it throws E_FENCED when
 * a later epoch exists, and never appends twice for one event id.
 */
export interface Ledger {
  /** What to tell people about this store, e.g. that another machine cannot resume. */
  readonly about: { readonly store: 'file' | 'git' | 'postgres'; readonly says: string };
  /** All events of the scope, oldest first. Lock-free. Throws E_LEDGER_DAMAGED for a broken chain. */
  read(scope: string): Promise<readonly LedgerEvent[]>;
  /**
   * The same, and the holder, for people who only look: a store that cannot be asked may answer from memory, and says
   * so. Nothing is ever decided by it. Stores that remember nothing have no such answer.
   */
  look?(scope: string): Promise<Sight>;
  /**
   * What is known to the holder of a lock without a question to the store: all that was there when it was taken, and what
   * the holder wrote. Only notes of others can be missing, which never change what a run may do next. Undefined when the
   * lock is known to be lost. Only a store that asks a remote has it.
   */
  recall?(held: Held): readonly LedgerEvent[] | undefined;
  /** What a store that others can rewrite remembers on this machine. */
  readonly mirror?: LedgerMirror;
  /** Scopes that have events. */
  scopes(): Promise<readonly string[]>;
  holder(scope: string): Promise<Holder | undefined>;
  /** Throws E_LOCKED (with the holder in its text) when somebody else holds it. Of any number exactly one gets it. */
  acquire(scope: string, claim: Claim): Promise<Held>;
  /** Also moves the deadline of `held`. Throws E_FENCED after a takeover, and after a release. */
  append(held: Held, event: NewEvent, how?: AppendHow): Promise<LedgerEvent>;
  /**
   * Appends an event by an effect of the caller's own: `push` sends the move that it is given in one atomic push with
   * its own, so that a run that was taken over moves nothing at all (F29). It may be called again when a note came in
   * between, and must not touch this ledger. Throws E_FENCED, or what `push` throws. Only a store that is kept beside
   * what is pushed has it.
   */
  fence?(held: Held, event: NewEvent, push: (move: FenceMove) => Promise<void>): Promise<void>;
  /** Moves the deadline of `held`; throws E_FENCED after a takeover. */
  renew(held: Held): Promise<void>;
  /** Lets the next one in. A second release does nothing; throws E_FENCED after a takeover. */
  release(held: Held, outcome: string): Promise<void>;
  /** Appends without holding the lock: sign-offs and notes, which never change what a run may do next. */
  note(scope: string, event: NewEvent): Promise<LedgerEvent>;
}
