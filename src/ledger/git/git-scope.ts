import { randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { LedgerEvent, NewEvent } from '../event.ts';
import type { Claim, FenceMove, Sight } from '../ledger.ts';
import { makeEpochRecord, makeLockEvent, mayTake, releaseId, type Standing } from '../lock-claim.ts';
import { describeHolder, refuseFenced, refuseLocked, refuseReleased } from '../locked.ts';
import { isCertainlyGone, type Machine } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import { GitAppender } from './git-appender.ts';
import type { GitChain } from './git-chain.ts';
import { GitMirror } from './git-mirror.ts';
import type { GitRemote } from './git-remote.ts';

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

/** The chain of one scope on the remote, and the right to append to it. One thing at a time. */
export class GitScope {
  readonly #scope: string;
  readonly #tools: GitScopeTools;
  readonly #mirror: GitMirror;
  readonly #chain: GitChain;
  readonly #appender: GitAppender;
  #last: Promise<unknown> = Promise.resolve();
  /** A question to the remote at the end of the queue that has not begun: whoever asks now may have its answer. */
  #queued: Promise<void> | undefined;

  constructor(scope: string, tools: GitScopeTools) {
    this.#scope = scope;
    this.#tools = tools;
    this.#mirror = new GitMirror(scope, tools.remote);
    this.#chain = this.#mirror.chain;
    this.#appender = new GitAppender(scope, tools, this.#mirror);
  }

  read(): Promise<readonly LedgerEvent[]> {
    return this.#heard(() => this.#known());
  }

  readStanding(): Promise<Standing | undefined> {
    return this.#heard(() => this.#standing());
  }

  /** What is known to whoever holds this right, without a question; undefined when it is not the newest any more. */
  recall({ epoch }: Right): readonly LedgerEvent[] | undefined {
    return this.#chain.epoch === epoch ? this.#known() : undefined;
  }

  /** Throws E_LEDGER_UNREACHABLE only when nothing was ever seen here. */
  look(): Promise<Sight> {
    return this.#alone(async () => {
      const unreached = await this.#mirror.tryFollow();
      const events = [...this.#chain.events];
      const holder = this.#standing()?.holder;
      return {
        events,
        ...(holder ? { holder } : {}),
        ...(unreached ? { unreached: unreached.text.what } : {}),
      };
    });
  }

  /**
   * Takes the next epoch, or throws E_LOCKED. The push expects the head that this process has seen, so that what others
   * wrote since makes it look again; where nobody held the lock then, there is nothing to ask for before.
   */
  claim(claim: Claim): Promise<number> {
    return this.#alone(async () => {
      if (!this.#mirror.isHeard || this.#standing()?.holder) await this.#mirror.follow();
      const judged = this.#chain.epoch;
      // Two processes that resume one run give their claims the same id: only this tells whose it was that arrived.
      const mark = randomBytes(8).toString('hex');
      const at = this.#now();
      this.#appender.drop();
      await this.#appender.write(() => {
        const { epoch } = this.#chain;
        if (this.#isMine(mark)) return [];
        // A takeover was meant for the holder that the person saw, not for whoever was faster.
        const event = this.#claimEvent(epoch === judged ? claim : { ...claim, takeover: false }, at);
        return this.#appender.place([{ event: withMark(event, mark), at }], epoch + 1);
      });
      return this.#chain.epoch;
    });
  }

  /**
   * Throws E_FENCED when the right was taken over or given back. An event that may wait is kept for the next push, and
   * is not proven against the remote: whoever took over meanwhile is noticed by the next event that may not.
   */
  append(right: Right, event: NewEvent, mayWait: boolean): Promise<LedgerEvent> {
    const told = { event, at: this.#now() };
    return this.#alone(async () => {
      this.#refuseUnless(right);
      if (mayWait) return this.#appender.hold(told);
      await this.#appender.flush([told], () => this.#refuseUnless(right));
      return this.#chain.find(event.id) as LedgerEvent;
    });
  }

  /** Throws E_FENCED when the right was taken over or given back, and what `push` throws. */
  fence(right: Right, event: NewEvent, push: (move: FenceMove) => Promise<void>): Promise<void> {
    const told = { event, at: this.#now() };
    return this.#alone(() => this.#appender.fence(told, () => this.#refuseUnless(right), push));
  }

  /** Written for whatever epoch is the newest: it needs no right. */
  note(event: NewEvent): Promise<LedgerEvent> {
    return this.#alone(async () => {
      await this.#mirror.load();
      await this.#appender.note({ event, at: this.#now() });
      return this.#chain.find(event.id) as LedgerEvent;
    });
  }

  /** Throws E_FENCED when the right was taken over. What waits is pushed, so that others are never far behind. */
  prove(right: Right): Promise<void> {
    return this.#alone(async () => {
      const prove = (): void => this.#refuseIfFenced(right);
      if (this.#appender.waiting.length > 0) return this.#appender.flush([], prove);
      await this.#mirror.follow();
      prove();
    });
  }

  release(right: Right, outcome: string): Promise<void> {
    const event = { id: releaseId(right), run: right.run, type: 'lock.released', data: { outcome } } as const;
    const told = { event, at: this.#now() };
    return this.#alone(() => this.#appender.flush([told], () => this.#refuseIfFenced(right)));
  }

  #now(): string {
    return this.#tools.clock.now().toISOString();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#queued = undefined;
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #known(): readonly LedgerEvent[] {
    return [...this.#chain.events, ...this.#appender.waiting];
  }

  /** An answer from what the remote says now; those who ask before the question is sent share it. */
  #heard<T>(answer: () => T): Promise<T> {
    this.#queued ??= this.#alone(async () => {
      this.#queued = undefined;
      await this.#mirror.follow();
    });
    return this.#queued.then(answer);
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

  #refuseUnless(right: Right): void {
    this.#refuseIfFenced(right);
    if (this.#chain.isReleased(right)) throw refuseReleased(this.#scope, right.epoch);
  }

  #refuseIfFenced({ epoch }: Right): void {
    const newest = this.#chain.epoch;
    if (newest === epoch) return;
    this.#appender.drop();
    throw refuseFenced(this.#scope, epoch, newest);
  }
}

const withMark = (event: NewEvent, claim: string): NewEvent =>
  ({ ...event, data: { ...event.data, claim } }) as NewEvent;
