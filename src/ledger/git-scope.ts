import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import { isReleaseError, type ReleaseError } from '../domain/failure.ts';
import type { LedgerEvent, NewEvent } from './event.ts';
import type { GitChain } from './git-chain.ts';
import { GitMirror } from './git-mirror.ts';
import type { GitRemote } from './git-remote.ts';
import { writeEvents } from './git-write.ts';
import type { Claim, Sight } from './ledger.ts';
import { makeEpochRecord, makeLockEvent, mayTake, releaseId, type Standing } from './lock-claim.ts';
import { describeHolder, refuseFenced, refuseLocked, refuseReleased } from './locked.ts';
import { isCertainlyGone, type Machine } from './machine.ts';
import { makeEvent, type Origin } from './make-event.ts';

export interface GitScopeTools {
  readonly remote: GitRemote;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly origin: Origin;
}

/** One right to write: its number, and the run that it was given to. */
interface Right {
  readonly epoch: number;
  readonly run: string;
}

/** An event, and when it happened; where it stands is known only when it is pushed. */
interface Told {
  readonly event: NewEvent;
  readonly at: string;
}

/** The chain of one scope on the remote, and the right to append to it. One thing at a time. */
export class GitScope {
  readonly #scope: string;
  readonly #tools: GitScopeTools;
  readonly #mirror: GitMirror;
  readonly #chain: GitChain;
  #last: Promise<unknown> = Promise.resolve();

  constructor(scope: string, tools: GitScopeTools) {
    this.#scope = scope;
    this.#tools = tools;
    this.#mirror = new GitMirror(scope, tools.remote);
    this.#chain = this.#mirror.chain;
  }

  read(): Promise<readonly LedgerEvent[]> {
    return this.#alone(async () => {
      await this.#mirror.follow();
      return [...this.#chain.events];
    });
  }

  readStanding(): Promise<Standing | undefined> {
    return this.#alone(async () => {
      await this.#mirror.follow();
      return this.#standing();
    });
  }

  /** Throws E_LEDGER_UNREACHABLE only when nothing was ever seen here. */
  look(): Promise<Sight> {
    return this.#alone(async () => {
      const unreached = await this.#tryFollow();
      const events = [...this.#chain.events];
      const holder = this.#standing()?.holder;
      return {
        events,
        ...(holder ? { holder } : {}),
        ...(unreached ? { unreached: unreached.text.what } : {}),
      };
    });
  }

  /** Takes the next epoch, or throws E_LOCKED. */
  claim(claim: Claim): Promise<number> {
    return this.#alone(async () => {
      await this.#mirror.follow();
      const judged = this.#chain.epoch;
      // Two processes that resume one run give their claims the same id: only this tells whose it was that arrived.
      const mark = randomBytes(8).toString('hex');
      const at = this.#now();
      await this.#write(() => {
        const { epoch } = this.#chain;
        if (this.#isMine(mark)) return [];
        // A takeover was meant for the holder that the person saw, not for whoever was faster.
        const event = this.#claimEvent(epoch === judged ? claim : { ...claim, takeover: false }, at);
        return [this.#place({ event: withMark(event, mark), at }, epoch + 1)];
      });
      return this.#chain.epoch;
    });
  }

  /** Throws E_FENCED when the right was taken over or given back. */
  append(right: Right, event: NewEvent): Promise<LedgerEvent> {
    return this.#alone(() => {
      const told = { event, at: this.#now() };
      return this.#record(told, () => this.#refuseUnless(right));
    });
  }

  /** Written for whatever epoch is the newest: it needs no right. */
  note(event: NewEvent): Promise<LedgerEvent> {
    return this.#alone(async () => {
      await this.#mirror.load();
      return this.#record({ event, at: this.#now() }, () => undefined);
    });
  }

  /** Throws E_FENCED when the right was taken over. */
  prove(right: Right): Promise<void> {
    return this.#alone(async () => {
      await this.#mirror.follow();
      this.#refuseIfFenced(right);
    });
  }

  release(right: Right, outcome: string): Promise<LedgerEvent> {
    const event = { id: releaseId(right), run: right.run, type: 'lock.released', data: { outcome } } as const;
    return this.#alone(() => this.#record({ event, at: this.#now() }, () => this.#refuseIfFenced(right)));
  }

  #now(): string {
    return this.#tools.clock.now().toISOString();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #tryFollow(): Promise<ReleaseError | undefined> {
    try {
      await this.#mirror.follow();
      return undefined;
    } catch (error) {
      if (isReleaseError(error, 'E_LEDGER_UNREACHABLE') && this.#chain.head !== undefined) return error;
      throw error;
    }
  }

  #standing(): Standing | undefined {
    const { record, events } = this.#chain;
    if (record === undefined) return undefined;
    if (this.#chain.isReleased(record)) return { record };
    const alive = !isCertainlyGone(record, this.#tools.machine);
    return { record, holder: describeHolder(record, events, alive) };
  }

  #claimEvent(claim: Claim, at: string): NewEvent {
    const { machine, origin } = this.#tools;
    const standing = this.#standing();
    if (standing?.holder && !mayTake(standing, claim)) throw refuseLocked(this.#scope, standing.holder);
    const record = makeEpochRecord(claim, { epoch: this.#chain.epoch + 1, at }, origin, machine);
    return makeLockEvent(record, standing?.holder);
  }

  #isMine(mark: string): boolean {
    return this.#chain.lock?.data.claim === mark;
  }

  async #record(told: Told, prove: () => void): Promise<LedgerEvent> {
    const { id } = told.event;
    await this.#write(() => {
      prove();
      return this.#chain.find(id) ? [] : [this.#place(told, this.#chain.epoch)];
    });
    return this.#chain.find(id) as LedgerEvent;
  }

  #write(make: () => readonly LedgerEvent[]): Promise<void> {
    const { remote, clock } = this.#tools;
    const follow = (): Promise<void> => this.#mirror.follow();
    return writeEvents({ scope: this.#scope, remote, chain: this.#chain, clock, follow }, make);
  }

  #place({ event, at }: Told, epoch: number): LedgerEvent {
    return makeEvent(event, { scope: this.#scope, epoch, at, head: this.#chain.end }, this.#tools.origin);
  }

  #refuseUnless(right: Right): void {
    this.#refuseIfFenced(right);
    if (this.#chain.isReleased(right)) throw refuseReleased(this.#scope, right.epoch);
  }

  #refuseIfFenced({ epoch }: Right): void {
    const newest = this.#chain.epoch;
    if (newest !== epoch) throw refuseFenced(this.#scope, epoch, newest);
  }
}

const withMark = (event: NewEvent, claim: string): NewEvent =>
  ({ ...event, data: { ...event.data, claim } }) as NewEvent;
