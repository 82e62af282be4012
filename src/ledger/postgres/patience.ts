import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import type { ReleaseError } from '../../domain/failure.ts';
import type { LedgerDatabase, Trouble } from './database.ts';
import { refuseBusy, refuseUnreachable } from './refusals.ts';

/** Rows of a statement, and the monotonic time at which the try that brought them was sent. */
export interface Reply {
  readonly rows: readonly unknown[];
  readonly asked: number;
}

/** One statement, repeated as long as that is harmless and the time allows. Undefined when the tables are not there. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<Reply | undefined>;

/** How long an operation waits for the server: before a run begins a person waits, in the middle of one an effect. */
export const WAITS = { toBegin: seconds(4), toRecord: seconds(60) } as const;

const PAUSES = [500, seconds(1), seconds(2), seconds(4)];
const CROSSED_PAUSE = 10;

/**
 * Repeats statements over a connection that may break. Every statement of the store may be said twice: a second time
 * finds what the first one did, and changes nothing (F43).
 */
export class Patience {
  readonly #database: LedgerDatabase;
  readonly #clock: Clock;
  #isGone = false;

  constructor(database: LedgerDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * The statements of one operation, which share `waitMs`. Throws E_LEDGER_UNREACHABLE when the server stays away
   * that long (F45), and what it says when it refuses. After the long wait was in vain it is tried once until it is
   * back: the last words of a run that broke must not wait a second time.
   */
  within(waitMs: number): Ask {
    const started = this.#clock.monotonic();
    return async (sql, values = []) => {
      for (let tries = 0; ; tries += 1) {
        const asked = this.#clock.monotonic();
        const answer = await this.#database.run(sql, values);
        if (answer.ok) {
          this.#isGone = false;
          return { rows: answer.rows, asked };
        }
        if (answer.trouble === 'absent') return undefined;
        const pause = answer.trouble === 'crossed' ? CROSSED_PAUSE : (PAUSES[tries] ?? seconds(5));
        const passed = this.#clock.monotonic() - started;
        if (this.#isOver(answer.trouble, passed + pause, waitMs))
          throw this.#giveUp(answer.trouble, answer.error, passed, waitMs);
        await this.#clock.sleep(pause);
      }
    };
  }

  #isOver(trouble: Trouble, passed: number, waitMs: number): boolean {
    if (trouble === 'refused' || passed > waitMs) return true;
    return this.#isGone && trouble !== 'crossed';
  }

  #giveUp(trouble: Trouble, error: ReleaseError, passed: number, waitMs: number): ReleaseError {
    if (trouble === 'refused') return error;
    if (trouble === 'crossed') return refuseBusy(this.#database.where);
    if (waitMs >= WAITS.toRecord) this.#isGone = true;
    return refuseUnreachable(this.#database.where, error, passed);
  }
}
