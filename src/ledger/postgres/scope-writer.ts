import type { Clock } from '../../domain/clock.ts';
import { lineOf } from '../chain.ts';
import type { LedgerEvent, NewEvent } from '../event.ts';
import type { Lease } from '../lease.ts';
import { releaseId } from '../lock-claim.ts';
import { refuseFenced, refuseReleased } from '../locked.ts';
import { makeEvent, type Origin } from '../make-event.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { Ask } from './patience.ts';
import { refuseBusy, refuseLost, refuseTwin } from './refusals.ts';
import type { ScopeRow } from './rows.ts';
import type { ScopeReader } from './scope-reader.ts';

/** A right to write, with the secret-free mark that no other right of any epoch has. */
export type TokenLease = Lease & { readonly token: string };

/** Rounds in which others were faster. Each of them wrote something, so this many means a storm. */
export const MOST_ROUNDS = 200;

/** Values of an entry as the statements take them, from $5 on; `ends` or `forced` and the like follow. */
export const valuesOf = (event: LedgerEvent): readonly unknown[] => {
  const { id, run, type, step, p, h } = event;
  return [id, run, type, step ?? null, lineOf(event), p, h];
};

/** Appends to one scope. */
export class ScopeWriter {
  readonly #reader: ScopeReader;
  readonly #tables: LedgerTables;
  readonly #clock: Clock;
  readonly #origin: Origin;

  constructor(reader: ScopeReader, tables: LedgerTables, clock: Clock, origin: Origin) {
    this.#reader = reader;
    this.#tables = tables;
    this.#clock = clock;
    this.#origin = origin;
  }

  /** The entry that would come next. */
  make(event: NewEvent, epoch: number): LedgerEvent {
    const { scope, chain } = this.#reader;
    const at = this.#clock.now().toISOString();
    return makeEvent(event, { scope, epoch, at, head: chain.head }, this.#origin);
  }

  /** Throws E_FENCED, E_LEDGER_LOST, E_LEDGER_REPLACED, E_LEDGER_UNREACHABLE. `ends` gives the lock back with it. */
  async append(ask: Ask, held: TokenLease, event: NewEvent, ends = false): Promise<LedgerEvent> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const made = this.make(event, held.epoch);
      const reply = await this.#send(ask, made, held.token, ends);
      if (reply !== undefined) {
        held.renewedAt(reply.asked);
        return made;
      }
      const known = await this.#sortOut(ask, held, event.id);
      if (known !== undefined) return this.#repeated(ask, held, known);
    }
    throw refuseBusy(this.#tables.where);
  }

  /** Needs no lock; takes the epoch that is the newest now. */
  async note(ask: Ask, event: NewEvent): Promise<LedgerEvent> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await this.#reader.read(ask);
      const known = this.#reader.chain.find(event.id);
      if (known !== undefined) return known;
      const standing = await this.#reader.readStanding(ask);
      const made = this.make(event, standing?.epoch ?? 0);
      if ((await this.#send(ask, made, null, false)) !== undefined) return made;
    }
    throw refuseBusy(this.#tables.where);
  }

  async renew(ask: Ask, held: TokenLease): Promise<void> {
    if (await this.#tryRenew(ask, held)) return;
    const standing = await this.#reader.readStanding(ask);
    this.#proveNewest(held, standing);
    throw refuseReleased(held.scope, held.epoch);
  }

  async #tryRenew(ask: Ask, held: TokenLease): Promise<boolean> {
    const reply = await ask(this.#tables.sql.renew, [held.scope, held.epoch, held.token]);
    if (reply === undefined || reply.rows.length === 0) return false;
    held.renewedAt(reply.asked);
    return true;
  }

  /** Undefined when something was not as the entry says. */
  async #send(ask: Ask, made: LedgerEvent, token: string | null, ends: boolean) {
    const where = [made.scope, made.epoch, token, made.epoch];
    const reply = await ask(this.#tables.sql.append, [...where, ...valuesOf(made), ends]);
    if (reply === undefined || reply.rows.length === 0) return undefined;
    this.#reader.chain.take(made);
    return reply;
  }

  /** Why nothing was appended: the entry is there already, or a note came between (undefined), or it must not be. */
  async #sortOut(ask: Ask, held: TokenLease, id: string): Promise<LedgerEvent | undefined> {
    const lost = await this.#reader.follow(ask);
    const standing = await this.#reader.readStanding(ask);
    this.#proveNewest(held, standing);
    if (lost.length > 0) throw await this.#putBack(ask, held, lost);
    const known = this.#reader.chain.find(id);
    if (known === undefined && standing?.token === null) throw refuseReleased(held.scope, held.epoch);
    return known;
  }

  #proveNewest({ scope, epoch, token }: TokenLease, standing: ScopeRow | undefined): void {
    const newest = standing?.epoch ?? 0;
    if (newest > epoch) throw refuseFenced(scope, epoch, newest);
    if (newest < epoch) throw this.#reader.sayReplaced(`Epoch ${epoch}, which this run holds, is gone.`);
    if (standing?.token !== null && standing?.token !== token) throw refuseTwin(scope, epoch);
  }

  /**
   * Writes again what the server lost while we held the lock, and gives the error to stop with. Without the intent of
   * a step whose effect is in the world by now, whoever resumes would do that effect a second time (F44).
   */
  async #putBack(ask: Ask, held: TokenLease, lost: readonly LedgerEvent[]): Promise<Error> {
    for (const event of lost) {
      const where = [held.scope, held.epoch, held.token, event.epoch];
      const ends = event.id === releaseId(held);
      await ask(this.#tables.sql.append, [...where, ...valuesOf(event), ends]);
    }
    if ((await this.#reader.follow(ask)).length === 0)
      return refuseLost(this.#tables.where, held.scope, lost.length);
    return this.#reader.sayReplaced(`${lost.length} entries of ${held.scope} are gone.`);
  }

  /** An entry that was there already moved no lease. */
  async #repeated(ask: Ask, held: TokenLease, known: LedgerEvent): Promise<LedgerEvent> {
    await this.#tryRenew(ask, held);
    return known;
  }
}
