import type { CredentialTrouble } from './credential.ts';
import type { Json } from './json.ts';

/** What a judge can say. `unknown` is missing on purpose: only a probe that did not answer is unknown. */
export type Judged = 'pass' | 'warn' | 'fail' | 'skip';

/** A check's recorded answer. */
export type Outcome = Judged | 'unknown';

/** The points at which findings are asked for. */
export const GATES = ['preflight', 'parity', 'drift', 'smoke', 'post-deploy', 'rollback-verify'] as const;
export type Gate = (typeof GATES)[number];

/** A judge's answer: what was seen in numbers, and what to do about it. */
export interface Judgement {
  readonly outcome: Judged;
  readonly said: string;
  readonly remedy?: string;
  /** Details for the reader of --json and of the report; never a secret. */
  readonly evidence?: Json;
  /** With `fail`: neither good nor bad by the numbers. People decide, so the gate says HOLD and not NO-GO. */
  readonly holds?: boolean;
  /**
   * What makes this the same finding, when `said` measures or counts and is worded anew each time: the digest, and with
   * it a waiver, is made of it instead of `said` and `evidence`.
   */
  readonly about?: Json;
}

/** One check's answer at one moment. */
export interface Finding {
  readonly check: string;
  readonly title: string;
  readonly room: string;
  readonly runbook: readonly string[];
  readonly weight: 'blocker' | 'advisory';
  readonly outcome: Outcome;
  readonly said: string;
  readonly remedy?: string;
  readonly evidence?: Json;
  /** A `fail` that people may decide about. */
  readonly holds?: boolean;
  readonly startMs: number;
  readonly durationMs: number;
  readonly timeoutMs: number;
  /** When it was found, ISO 8601 in UTC. */
  readonly at: string;
  /** How long it counts from then on, in ms. */
  readonly freshForMs: number;
  /** sha256 of what was found; another failure of the same check has another. */
  readonly digest: string;
  /** True when it was taken from the ledger instead of asking again. */
  readonly recorded?: true;
  /** True when it was neither asked nor on record: it says so, and is no answer. */
  readonly noRecord?: true;
  /** Set when it rests on a secret that is missing or was refused: a fact about the set-up, not about the release. */
  readonly credential?: CredentialTrouble;
  /** True when a person left the check out. */
  readonly byHand?: true;
  readonly waived?: Waiver;
}

/** A signed, dated demotion of one finding. It stays visible everywhere. */
export interface Waiver {
  readonly check: string;
  readonly by: string;
  readonly reason: string;
  /** Moment (ISO 8601) or day (UTC) after which it demotes nothing. */
  readonly until?: string;
  /** The finding it was given for; without one it was given for whatever this run finds. */
  readonly digest?: string;
}
