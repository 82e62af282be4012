import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { RecordPoint } from '../record-view.ts';
import { GitChain } from './git-chain.ts';
import { judgeLine } from './git-line.ts';
import { refuseDeleted, refuseUnreachable } from './git-refusals.ts';
import { type GitRemote, refOf } from './git-remote.ts';

/** One chain of the remote as this machine knows it: what it saw last, and what the remote says now. */
export class GitMirror {
  readonly chain: GitChain;
  readonly #scope: string;
  readonly #remote: GitRemote;
  #isLoaded = false;
  #isHeard = false;

  constructor(scope: string, remote: GitRemote) {
    this.#scope = scope;
    this.#remote = remote;
    this.chain = new GitChain(scope, remote);
  }

  /** True once the remote itself has said in this process how far the chain goes. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /**
   * Begins behind a point that was proven before, by another process. False when what this machine saw last is not that
   * commit and does not follow it, and where it saw nothing: a cache that was taken away has no memory beside it.
   */
  async beginBehind(known: RecordPoint): Promise<boolean> {
    const head = String(known.mark.head);
    const seen = await this.#remote.seen(refOf(this.#remote, this.#scope));
    if (seen === undefined || !(seen === head || (await this.#isLine(head, seen)))) return false;
    this.chain.beginBehind(known, head);
    return true;
  }

  async #isLine(from: string, to: string): Promise<boolean> {
    try {
      return judgeLine(await this.#remote.after(from, to), from, to) === undefined;
    } catch {
      // A commit that is not there any more cannot be followed.
      return false;
    }
  }

  /** Reads what this machine saw last. It comes first, so that what the remote has must follow it. */
  async load(): Promise<void> {
    if (this.#isLoaded) return;
    const seen = await this.#remote.seen(refOf(this.#remote, this.#scope));
    const { head } = this.chain;
    if (seen !== undefined && seen !== head) this.chain.take(await this.#remote.after(head, seen), seen);
    this.#isLoaded = true;
  }

  /**
   * Brings the chain up to date. Throws E_LEDGER_UNREACHABLE when the remote gives no answer, E_LEDGER_DELETED,
   * E_LEDGER_REWRITTEN and E_LEDGER_DAMAGED when its answer cannot be trusted; what is known stays as it was.
   */
  async follow(): Promise<void> {
    const asked = this.#hear();
    asked.catch(() => undefined);
    await this.load();
    const found = await asked;
    if (found === undefined && this.chain.head !== undefined) throw refuseDeleted(this.#remote, this.#scope);
    if (found !== undefined && found.id !== this.chain.head) await this.#take(found);
    this.#isHeard = true;
  }

  /** The same; a remote that gives no answer is told and not thrown, as far as something was seen of it before. */
  async tryFollow(): Promise<ReleaseError | undefined> {
    try {
      await this.follow();
      return undefined;
    } catch (error) {
      if (isReleaseError(error, 'E_LEDGER_UNREACHABLE') && this.chain.head !== undefined) return error;
      throw error;
    }
  }

  async #take(found: { readonly id: string; readonly kind: string }): Promise<void> {
    if (found.kind !== 'commit') throw this.chain.damaged(`a ${found.kind} stands there`);
    const before = this.chain.head;
    this.chain.take(await this.#remote.after(before, found.id), found.id);
    await this.#remote.keepSeen(refOf(this.#remote, this.#scope), found.id, before);
  }

  async #hear(): ReturnType<GitRemote['hear']> {
    try {
      return await this.#remote.hear(refOf(this.#remote, this.#scope));
    } catch (error) {
      throw isReleaseError(error, 'E_GIT') ? refuseUnreachable(this.#remote, error) : error;
    }
  }
}
