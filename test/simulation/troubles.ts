import type { AnswerFate } from '../support/engine/plan-of.ts';
import type { Fate } from '../support/engine/process.ts';
import type { RequestFate } from '../support/engine/world.ts';
import type { Chance } from './chance.ts';

/** After so many a release is left alone, so that every seed ends. */
const MAX_TROUBLES = 12;
const HOUR = 3_600_000;

/** What becomes of one call of the ledger; times in ms. */
export interface CallFate {
  /** Until the store does it. */
  readonly arrivesAfter: number;
  /** From then until the answer; undefined: it was done, and the answer is lost. */
  readonly answersAfter: number | undefined;
}

const AT_ONCE: CallFate = { arrivesAfter: 0, answersAfter: 0 };

export interface Tally {
  lives: number;
  kills: number;
  freezes: number;
  takeovers: number;
  clockJumps: number;
  ledgerTroubles: number;
}

/** Everything that goes wrong in one release, drawn from its seed. */
export class Troubles {
  readonly tally: Tally = {
    lives: 0,
    kills: 0,
    freezes: 0,
    takeovers: 0,
    clockJumps: 0,
    ledgerTroubles: 0,
  };
  /** How far what the world shows is behind, in ms (F60). */
  readonly lagMs: number;
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.lagMs = chance.below(9000);
  }

  get isCalm(): boolean {
    const { kills, freezes, clockJumps, ledgerTroubles } = this.tally;
    return kills + freezes + clockJumps + ledgerTroubles >= MAX_TROUBLES;
  }

  /** At every point at which a process waits. */
  fateOfProcess(): Fate {
    if (this.isCalm) return 'go';
    const roll = this.#chance.next();
    if (roll > 0.03) return 'go';
    if (roll < 0.015) {
      this.tally.kills += 1;
      return 'die';
    }
    this.tally.freezes += 1;
    return this.#chance.below(120_000);
  }

  /** How many ms a wall clock is put forward or back at this point; mostly none (F32). */
  jumpOfClock(): number {
    if (this.isCalm || !this.#chance.happens(0.002)) return 0;
    this.tally.clockJumps += 1;
    return this.#chance.happens(0.5) ? HOUR : -HOUR;
  }

  /** A request may need 20 s to land, also when its sender has died since; be refused; or lose its answer. */
  fateOfRequest(): RequestFate {
    const roll = this.#chance.next();
    const landsAfter = this.#chance.happens(0.5) ? this.#chance.below(500) : this.#chance.below(20_000);
    const answersAfter = landsAfter + this.#chance.below(3000);
    if (roll < 0.05) return { answersAfter };
    if (roll < 0.12) return { landsAfter };
    return { landsAfter, answersAfter };
  }

  /** A question may fail, stay without an answer or be answered with a shrug (F59). */
  fateOfAnswer(): AnswerFate {
    const roll = this.isCalm ? 1 : this.#chance.next();
    if (roll < 0.04) return 'fails';
    if (roll < 0.07) return 'unclear';
    return roll < 0.08 ? 'silent' : 'honest';
  }

  /** A call of the ledger may arrive late, be answered late, or be done without an answer. */
  fateOfCall(): CallFate {
    if (this.isCalm || !this.#chance.happens(0.02)) return AT_ONCE;
    this.tally.ledgerTroubles += 1;
    const arrivesAfter = this.#chance.below(10_000);
    const answersAfter = this.#chance.happens(0.4) ? undefined : this.#chance.below(10_000);
    return { arrivesAfter, answersAfter };
  }

  /** How many ms the ledger cannot be reached from now on; mostly none. */
  outageOfLedger(): number {
    if (this.isCalm || !this.#chance.happens(0.004)) return 0;
    this.tally.ledgerTroubles += 1;
    return this.#chance.below(90_000);
  }
}
