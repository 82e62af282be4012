import { GENESIS, readChain } from '../chain.ts';
import type { LedgerEvent } from '../event.ts';

/** One stored entry: its hash, and the text that was hashed. */
export interface StoredEntry {
  readonly h: string;
  readonly line: string;
}

/** What is known of a scope's chain, proven. It only grows: entries that were seen once can be missed. */
export class ChainCopy {
  readonly #where: string;
  readonly #events: LedgerEvent[] = [];
  readonly #byId = new Map<string, LedgerEvent>();

  constructor(where: string) {
    this.#where = where;
  }

  get events(): readonly LedgerEvent[] {
    return this.#events;
  }

  get head(): { readonly seq: number; readonly hash: string } {
    const last = this.#events.at(-1);
    return last ? { seq: last.seq, hash: last.h } : { seq: 0, hash: GENESIS };
  }

  find(id: string): LedgerEvent | undefined {
    return this.#byId.get(id);
  }

  take(event: LedgerEvent): void {
    this.#events.push(event);
    this.#byId.set(event.id, event);
  }

  /**
   * Takes what is stored from the known head on, the head itself included. False when that is not how it goes on:
   * the head is gone, or another entry stands in its place. Throws E_LEDGER_DAMAGED for a broken chain.
   */
  follow(stored: readonly StoredEntry[]): boolean {
    const { seq, hash } = this.head;
    if (seq > 0 && stored[0]?.h !== hash) return false;
    const fresh = stored.slice(seq > 0 ? 1 : 0).map(({ line }) => line);
    for (const event of readChain(fresh, { seq, hash }, this.#where)) this.take(event);
    return true;
  }

  /** The known entries behind the end of `stored`, which is the whole chain; undefined when that is another one. */
  findLostEnd(stored: readonly StoredEntry[]): readonly LedgerEvent[] | undefined {
    const isStart = stored.every(({ h }, i) => this.#events[i]?.h === h);
    return isStart ? this.#events.slice(stored.length) : undefined;
  }
}
