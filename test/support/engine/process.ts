import type { Clock } from '../../../src/domain/clock.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What becomes of a process at one of the points at which it waits: it goes on, dies, or freezes for so many ms. */
export type Fate = 'go' | 'die' | number;

const never = (): Promise<never> => new Promise(() => undefined);

/** A process of the simulation: it can be killed or frozen wherever it waits for something. */
export class Process {
  readonly died: Promise<void>;
  isDead = false;
  /** How often it waited so far. */
  points = 0;
  readonly #time: VirtualTime;
  readonly #fateAt: (point: string) => Fate;
  #frozenUntil = 0;
  #tellDeath: () => void = () => undefined;

  constructor(time: VirtualTime, fateAt: (point: string) => Fate = () => 'go') {
    this.#time = time;
    this.#fateAt = fateAt;
    this.died = new Promise((resolve) => {
      this.#tellDeath = resolve;
    });
  }

  get isFrozen(): boolean {
    return this.#time.passed < this.#frozenUntil;
  }

  /**
   * One point at which the process waits. What has died never comes back from here; whom nothing holds up is not made
   * to wait, because most points are passed so.
   */
  pass(point: string): Promise<void> | undefined {
    if (this.isDead) return never();
    this.points += 1;
    const fate = this.#fateAt(point);
    if (fate === 'die') this.kill();
    else if (fate !== 'go') this.#frozenUntil = Math.max(this.#frozenUntil, this.#time.passed + fate);
    if (this.isDead) return never();
    return this.isFrozen ? this.#thaw() : undefined;
  }

  async #thaw(): Promise<void> {
    while (this.isFrozen) await this.#time.sleep(this.#frozenUntil - this.#time.passed);
    if (this.isDead) return never();
  }

  kill(): void {
    this.isDead = true;
    this.#tellDeath();
  }

  /** A point before the work, and one between its end and the answer to it. */
  async around<T>(point: string, work: () => Promise<T>): Promise<T> {
    const before = this.pass(`before ${point}`);
    if (before !== undefined) await before;
    try {
      return await work();
    } finally {
      const after = this.pass(`after ${point}`);
      if (after !== undefined) await after;
    }
  }

  clock(skewMs?: () => number): Clock {
    const clock = this.#time.clock(skewMs);
    return { ...clock, sleep: (ms, signal) => this.around('sleep', () => clock.sleep(ms, signal)) };
  }

  /** The ledger as this process reaches it. */
  reach(ledger: Ledger): Ledger {
    return {
      about: ledger.about,
      read: (scope) => this.around('read', () => ledger.read(scope)),
      scopes: () => this.around('scopes', () => ledger.scopes()),
      holder: (scope) => this.around('holder', () => ledger.holder(scope)),
      acquire: (scope, claim) => this.around('acquire', () => ledger.acquire(scope, claim)),
      append: (held, event) => this.around(`append ${event.type}`, () => ledger.append(held, event)),
      renew: (held) => this.around('renew', () => ledger.renew(held)),
      release: (held, outcome) => this.around('release', () => ledger.release(held, outcome)),
      note: (scope, event) => this.around('note', () => ledger.note(scope, event)),
    };
  }
}
