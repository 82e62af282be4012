import type { ReleaseError } from '../../domain/failure.ts';
import { GENESIS, readChain, refuseDamaged } from '../chain.ts';
import type { LedgerEvent } from '../event.ts';
import { releaseId } from '../lock-claim.ts';
import type { EpochRecord } from '../machine.ts';
import type { RecordPoint } from '../record-view.ts';
import { judgeLine } from './git-line.ts';
import { refuseRewritten } from './git-refusals.ts';
import { type GitRemote, type RemoteCommit, refOf } from './git-remote.ts';

type Lock = Extract<LedgerEvent, { type: 'lock.acquired' | 'lock.takeover' }>;

const isLock = (event: LedgerEvent): event is Lock =>
  event.type === 'lock.acquired' || event.type === 'lock.takeover';

function recordOf({ epoch, run, host, at, data }: Lock): EpochRecord {
  const { actor, reason, boot, pid, processStart, preempt } = data;
  return { epoch, run, actor, reason, host, boot, pid, processStart, at, ...(preempt ? { preempt } : {}) };
}

const linesOf = (commits: readonly RemoteCommit[]): readonly string[] =>
  commits.flatMap(({ message = '' }) => message.split('\n')).filter((line) => line !== '');

/**
 * The chain of one scope as far as it is known here: commits in one line, and in their messages events in one line.
 * Whoever may push may write anything there, so nothing is taken that this program would not write.
 */
export class GitChain {
  readonly #scope: string;
  readonly #remote: GitRemote;
  #head: string | undefined;
  /** What it begins behind. */
  #start: Pick<RecordPoint, 'seq' | 'hash' | 'epoch'> = { seq: 0, hash: GENESIS, epoch: 0 };
  #events: LedgerEvent[] = [];
  #byId = new Map<string, LedgerEvent>();
  #lock: Lock | undefined;

  constructor(scope: string, remote: GitRemote) {
    this.#scope = scope;
    this.#remote = remote;
  }

  /** Id of its last commit; undefined before the first. */
  get head(): string | undefined {
    return this.#head;
  }

  get events(): readonly LedgerEvent[] {
    return this.#events;
  }

  /** What the next event follows. */
  get end(): { readonly seq: number; readonly hash: string } {
    const last = this.#events.at(-1);
    return last ? { seq: last.seq, hash: last.h } : this.#start;
  }

  /** The newest claim; undefined before the first. */
  get lock(): Lock | undefined {
    return this.#lock;
  }

  /** Who made it. */
  get record(): EpochRecord | undefined {
    return this.#lock && recordOf(this.#lock);
  }

  /** Number of the newest claim, 0 before the first. */
  get epoch(): number {
    return this.#lock?.epoch ?? this.#start.epoch;
  }

  /**
   * Begins behind entries that were proven before, up to the commit `head`: they are not among its events. Only for a
   * chain that is shown and never written to.
   */
  beginBehind(start: Pick<RecordPoint, 'seq' | 'hash' | 'epoch'>, head: string): void {
    this.#start = start;
    this.#head = head;
  }

  find(id: string): LedgerEvent | undefined {
    return this.#byId.get(id);
  }

  isReleased(right: Pick<EpochRecord, 'run' | 'epoch'>): boolean {
    return this.#byId.has(releaseId(right));
  }

  /**
   * Takes the commits behind its head up to `head`, all or none. Throws E_LEDGER_REWRITTEN when they do not follow what
   * is known (F50), and E_LEDGER_DAMAGED with the entry for anything else that does not fit.
   */
  take(commits: readonly RemoteCommit[], head: string): void {
    const found = judgeLine(commits, this.#head, head);
    if (found?.fault === 'rewritten') throw refuseRewritten(this.#remote, this.#scope, this.#head ?? '');
    if (found?.fault === 'damaged')
      throw this.damaged(found.why, this.end.seq + 1 + linesOf(commits.slice(0, found.index)).length);
    const events = readChain(linesOf(commits), this.end, this.#where);
    const lock = this.#proveEvents(events);
    this.#events.push(...events);
    for (const event of events) if (!this.#byId.has(event.id)) this.#byId.set(event.id, event);
    this.#lock = lock;
    this.#head = head;
  }

  /** The refusal of what stands where the entry `seq` should be. */
  damaged(why: string, seq = this.end.seq + 1): ReleaseError {
    return refuseDamaged(this.#where, seq, why);
  }

  get #where(): string {
    return `${refOf(this.#remote, this.#scope)} of ${this.#remote.says}`;
  }

  /** The newest claim after these events. Compare and swap lets nobody write for an epoch that is not the newest. */
  #proveEvents(events: readonly LedgerEvent[]): Lock | undefined {
    let lock = this.#lock;
    for (const event of events) {
      if (event.scope !== this.#scope) throw this.damaged(`it belongs to ${event.scope}`, event.seq);
      const epoch = (lock?.epoch ?? this.#start.epoch) + (isLock(event) ? 1 : 0);
      if (event.epoch !== epoch) throw this.damaged(`it claims epoch ${event.epoch}`, event.seq);
      if (isLock(event)) lock = event;
    }
    return lock;
  }
}
