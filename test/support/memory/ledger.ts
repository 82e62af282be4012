import type { Clock } from '../../../src/domain/clock.ts';
import type { Redact } from '../../../src/domain/redact.ts';
import { dropFenced, GENESIS } from '../../../src/ledger/chain.ts';
import type { LedgerEvent, NewEvent } from '../../../src/ledger/event.ts';
import type { Claim, Held, Holder, Ledger } from '../../../src/ledger/ledger.ts';
import { describeHolder, refuseFenced, refuseLocked, refuseReleased } from '../../../src/ledger/locked.ts';
import type { EpochRecord } from '../../../src/ledger/machine.ts';
import { makeEvent } from '../../../src/ledger/make-event.ts';

/** Places an event, dates it, clears it of secrets and chains it by hash. */
export type Seal = typeof makeEvent;

const asItIs: Redact = (text) => text;
const LEASE_MS = 60_000;

type Scope = {
  readonly events: LedgerEvent[];
  readonly ids: Map<string, LedgerEvent>;
  epoch: EpochRecord | undefined;
  released: boolean;
};

/** Who opens the store. */
export interface MemoryUser {
  readonly actor: string;
  readonly host: string;
  readonly clock: Clock;
  readonly redact?: Redact;
  /** Default: as every store does it. */
  readonly seal?: Seal;
}

/** What every memory ledger of one test shares: it outlives them, as a disk outlives a process. */
export class MemoryStore {
  readonly scopes = new Map<string, Scope>();
  /** Hosts whose process is certainly gone. */
  readonly gone = new Set<string>();

  of(scope: string): Scope {
    const known = this.scopes.get(scope) ?? { events: [], ids: new Map(), epoch: undefined, released: true };
    this.scopes.set(scope, known);
    return known;
  }
}

/** A ledger in memory, for the engine's tests and the simulator. It passes the contract of the stores. */
export class MemoryLedger implements Ledger {
  readonly about = { store: 'file', says: 'ledger: memory; nothing of it outlives this process' } as const;
  readonly #store: MemoryStore;
  readonly #user: MemoryUser;

  constructor(store: MemoryStore, user: MemoryUser) {
    this.#store = store;
    this.#user = user;
  }

  async read(scope: string): Promise<readonly LedgerEvent[]> {
    return dropFenced(this.#store.of(scope).events);
  }

  async scopes(): Promise<readonly string[]> {
    return [...this.#store.scopes].filter(([, { events }]) => events.length > 0).map(([scope]) => scope);
  }

  async holder(scope: string): Promise<Holder | undefined> {
    return this.#holderOf(scope);
  }

  async acquire(scope: string, claim: Claim): Promise<Held> {
    const state = this.#store.of(scope);
    const holder = this.#holderOf(scope);
    const goesFirst = claim.preempt === 'rollback' && state.epoch?.preempt !== 'rollback';
    if (holder?.alive === true && claim.takeover !== true && !goesFirst) throw refuseLocked(scope, holder);
    const epoch = (state.epoch?.epoch ?? 0) + 1;
    const { actor, host, clock, redact = asItIs } = this.#user;
    const { run, preempt } = claim;
    const reason = redact(claim.reason);
    const who = { actor: redact(claim.actor || actor), reason, pid: 1, processStart: '1', boot: 'b' };
    const more = preempt ? { preempt } : {};
    state.epoch = { epoch, run, host, at: clock.now().toISOString(), ...who, ...more };
    state.released = false;
    const head = { id: `${run}:lock:${epoch}`, run };
    const data = { ...who, ...more };
    if (holder === undefined) this.#write(scope, epoch, { ...head, type: 'lock.acquired', data });
    else this.#write(scope, epoch, { ...head, type: 'lock.takeover', data: { ...data, from: holder.run } });
    return new MemoryHeld(scope, epoch, run, clock);
  }

  async append(held: Held, event: NewEvent): Promise<LedgerEvent> {
    this.#refuseIfFenced(held);
    if (this.#store.of(held.scope).released) throw refuseReleased(held.scope, held.epoch);
    (held as MemoryHeld).touch();
    return this.#write(held.scope, held.epoch, event);
  }

  async renew(held: Held): Promise<void> {
    this.#refuseIfFenced(held);
    (held as MemoryHeld).touch();
  }

  async release(held: Held, outcome: string): Promise<void> {
    this.#refuseIfFenced(held);
    const state = this.#store.of(held.scope);
    const id = `${held.run}:release:${held.epoch}`;
    this.#write(held.scope, held.epoch, { id, run: held.run, type: 'lock.released', data: { outcome } });
    state.released = true;
  }

  async note(scope: string, event: NewEvent): Promise<LedgerEvent> {
    return this.#write(scope, this.#store.of(scope).epoch?.epoch ?? 0, event);
  }

  #holderOf(scope: string): Holder | undefined {
    const { epoch, events, released } = this.#store.of(scope);
    if (epoch === undefined || released) return undefined;
    return describeHolder(epoch, events, !this.#store.gone.has(epoch.host));
  }

  #refuseIfFenced({ scope, epoch }: Held): void {
    const newest = this.#store.of(scope).epoch?.epoch ?? 0;
    if (newest !== epoch) throw refuseFenced(scope, epoch, newest);
  }

  #write(scope: string, epoch: number, event: NewEvent): LedgerEvent {
    const { events, ids } = this.#store.of(scope);
    const known = ids.get(event.id);
    if (known !== undefined) return known;
    const last = events.at(-1);
    const head = last ? { seq: last.seq, hash: last.h } : { seq: 0, hash: GENESIS };
    const { actor, host, clock, redact = asItIs, seal = makeEvent } = this.#user;
    const place = { scope, epoch, at: clock.now().toISOString(), head };
    const made = seal(event, place, { host, actor, redact, tool: 'memory' });
    events.push(made);
    ids.set(event.id, made);
    return made;
  }
}

class MemoryHeld implements Held {
  readonly scope: string;
  readonly epoch: number;
  readonly run: string;
  readonly #clock: Clock;
  #until = 0;

  constructor(scope: string, epoch: number, run: string, clock: Clock) {
    this.scope = scope;
    this.epoch = epoch;
    this.run = run;
    this.#clock = clock;
    this.touch();
  }

  touch(): void {
    this.#until = this.#clock.monotonic() + LEASE_MS;
  }

  deadline(): number {
    return this.#until;
  }
}
