import type { Clock } from '../../domain/clock.ts';
import type { LedgerEvent, NewEvent } from '../event.ts';
import type { FenceMove } from '../ledger.ts';
import { makeEvent, type Origin } from '../make-event.ts';
import { writeFenced } from './git-fence.ts';
import type { GitMirror } from './git-mirror.ts';
import type { GitRemote } from './git-remote.ts';
import { type WriteTools, writeEvents } from './git-write.ts';

export interface AppenderTools {
  readonly remote: GitRemote;
  readonly clock: Clock;
  readonly origin: Origin;
}

/** An event, and when it happened; where it stands is known only once it is pushed. */
export interface Told {
  readonly event: NewEvent;
  readonly at: string;
}

/** Writes events of one scope, and keeps those that may wait for the next push. */
export class GitAppender {
  readonly #scope: string;
  readonly #tools: AppenderTools;
  readonly #mirror: GitMirror;
  #waiting: readonly Told[] = [];

  constructor(scope: string, tools: AppenderTools, mirror: GitMirror) {
    this.#scope = scope;
    this.#tools = tools;
    this.#mirror = mirror;
  }

  /** What waits, as it would stand if it were pushed now. */
  get waiting(): readonly LedgerEvent[] {
    return this.place(this.#waiting, this.#mirror.chain.epoch);
  }

  /** Keeps an event in memory until the next push; gives it as it would stand now. */
  hold(told: Told): LedgerEvent {
    const known = this.#find(told.event.id);
    if (known !== undefined) return known;
    this.#waiting = [...this.#waiting, told];
    return this.#find(told.event.id) as LedgerEvent;
  }

  /** Forgets what waits: the right that it was told under is gone, and whoever has it now asks the world. */
  drop(): void {
    this.#waiting = [];
  }

  /** Pushes what waits, and `told` behind it, in one commit. `prove` throws when nothing may be written any more. */
  async flush(told: readonly Told[], prove: () => void): Promise<void> {
    const wanted = [...this.#waiting, ...told];
    await this.write(() => {
      prove();
      return this.#missing(wanted);
    });
    this.drop();
  }

  /** Pushes an event that needs no right; what waits is left where it is. */
  note(told: Told): Promise<void> {
    return this.write(() => this.#missing([told]));
  }

  write(make: () => readonly LedgerEvent[]): Promise<void> {
    return writeEvents(this.#writing, make);
  }

  /** As `flush`, by a push of the caller's. */
  async fence(told: Told, prove: () => void, push: (move: FenceMove) => Promise<void>): Promise<void> {
    const wanted = [...this.#waiting, told];
    const make = (): readonly LedgerEvent[] => {
      prove();
      return this.#missing(wanted);
    };
    await writeFenced(this.#writing, make, push);
    this.drop();
  }

  get #writing(): WriteTools {
    const { remote, clock } = this.#tools;
    const follow = (): Promise<void> => this.#mirror.follow();
    return { scope: this.#scope, remote, chain: this.#mirror.chain, clock, follow };
  }

  /** Events one behind the other at the end of the chain. */
  place(told: readonly Told[], epoch: number): readonly LedgerEvent[] {
    const made: LedgerEvent[] = [];
    for (const { event, at } of told) {
      const last = made.at(-1);
      const head = last ? { seq: last.seq, hash: last.h } : this.#mirror.chain.end;
      made.push(makeEvent(event, { scope: this.#scope, epoch, at, head }, this.#tools.origin));
    }
    return made;
  }

  #missing(told: readonly Told[]): readonly LedgerEvent[] {
    const { chain } = this.#mirror;
    return this.place(
      told.filter(({ event }) => chain.find(event.id) === undefined),
      chain.epoch,
    );
  }

  #find(id: string): LedgerEvent | undefined {
    return this.#mirror.chain.find(id) ?? this.waiting.find((event) => event.id === id);
  }
}
