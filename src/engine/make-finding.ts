import { minutes } from '../domain/duration.ts';
import type { Finding } from '../domain/finding.ts';
import type { Json } from '../domain/json.ts';
import type { Check, Policy } from '../kit.ts';
import { digestOf } from '../ledger/digest.ts';
import { type Answered, DEFAULT_TIMEOUT_MS } from './ask-check.ts';

/** `database.connect` stands in the room `database`. */
export const roomOf = (id: string): string => id.split('.')[0] ?? id;

/** sha256 of what was found, without the time of day: asked twice with the same answer, it is the same. */
const digestFinding = (check: string, { outcome, holds, said, evidence, about }: Answered): string =>
  digestOf([
    check,
    outcome,
    holds === true,
    ...(about === undefined ? [said, plainJson(evidence)] : [about]),
  ]);

// A check of the user's own may put anything into its evidence; what JSON cannot hold must not break the gate.
function plainJson(evidence: Json | undefined): Json {
  try {
    return JSON.parse(JSON.stringify(evidence ?? null)) as Json;
  } catch {
    return null;
  }
}

const describe = (check: Check, { thresholds }: Policy) => ({
  check: check.id,
  title: check.title,
  room: roomOf(check.id),
  runbook: [check.runbook].flat(),
  weight: check.weight ?? ('blocker' as const),
  timeoutMs: check.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  freshForMs: check.freshForMs ?? minutes(thresholds.evidenceMinutes),
});

/** When a finding was made: at which moment, and in which part of the gate, in ms since its start. */
export interface Measured {
  readonly at: Date;
  readonly startMs: number;
  readonly durationMs: number;
}

/** The finding of an answered check, dated and with its digest. */
export function makeFinding(check: Check, answered: Answered, measured: Measured, policy: Policy): Finding {
  const { outcome, said, remedy, evidence, holds, credential } = answered;
  return {
    ...describe(check, policy),
    outcome,
    said,
    ...(remedy === undefined ? {} : { remedy }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(credential === undefined ? {} : { credential }),
    ...(outcome === 'fail' && holds === true ? { holds } : {}),
    startMs: Math.round(measured.startMs),
    durationMs: Math.round(measured.durationMs),
    at: measured.at.toISOString(),
    digest: digestFinding(check.id, answered),
  };
}

/** The finding of a check that a person left out. */
export const makeSkipped = (check: Check, at: Date, policy: Policy): Finding => ({
  ...makeFinding(
    check,
    { outcome: 'skip', said: 'left out by --skip' },
    { at, startMs: 0, durationMs: 0 },
    policy,
  ),
  byHand: true,
});
