import type { JsonObject } from '../domain/json.ts';
import type { LedgerEvent } from './event.ts';
import type { Ledger } from './ledger.ts';
import { lookAt } from './look-at.ts';

/** How far a record was proven, and how its store knows that place again. */
export interface RecordPoint {
  readonly seq: number;
  /** Hash of the last entry. */
  readonly hash: string;
  /** Number of the newest claim. */
  readonly epoch: number;
  readonly mark: JsonObject;
}

/** What is to be shown of a record. */
export interface Since {
  /** True when `events` come behind the point that was given; else they are all of them. */
  readonly follows: boolean;
  readonly events: readonly LedgerEvent[];
  /** Up to where it is proven now; undefined where the store has no place that it knows again. */
  readonly point?: RecordPoint;
  /** Why the store could not be asked: this is what was last seen on this machine. */
  readonly unreached?: string;
}

/**
 * A record for people who only look. `since` takes up to where it was proven before, by an earlier process; a store that
 * is not sure to find exactly that again proves everything. Throws what the ledger's `read` throws.
 */
export interface RecordView {
  since(known?: RecordPoint): Promise<Since>;
}

/** The view of a ledger that is proven as a whole each time. */
export const viewWhole = (ledger: Ledger, scope: string): RecordView => ({
  since: async () => {
    const { events, unreached } = await lookAt(ledger, scope);
    return { follows: false, events, ...(unreached === undefined ? {} : { unreached }) };
  },
});
