import { readPayload, type SignedPoint } from '../../domain/approvals/payload.ts';
import type { Fault, SignOff } from '../../domain/approvals/sign-off.ts';
import type { JsonObject } from '../../domain/json.ts';
import { asItWas } from '../as-it-was.ts';
import type { LedgerEvent } from '../event.ts';
import { digestItems } from './make-evidence.ts';

type Recorded = Extract<LedgerEvent, { type: 'approval.recorded' }>;

/** The decision that sign-offs are looked for. */
export interface Subject {
  readonly service: string;
  readonly environment: string;
  readonly version: string;
  readonly point: SignedPoint;
  /** As in the payload. */
  readonly run: string;
}

/** A sign-off as far as the ledger alone can tell; who gave it is not proven yet. */
export interface Unproven extends SignOff {
  readonly signature?: string;
}

/** Clocks of two machines may stand apart by so much; what is older when it is recorded was kept back. */
const MOST_APART_MS = 15 * 60_000;

const form = (why: string): Fault => ({ kind: 'form', why });

function findMisplaced({ payload }: SignOff, { environment, service, version, run }: Subject) {
  if (payload.service !== service) return form(`it was given for ${payload.service}`);
  if (payload.environment !== environment) return form(`it was given for ${payload.environment}`);
  if (payload.version !== version) return form(`it was given for ${payload.version}`);
  if (payload.run === run) return undefined;
  if (typeof payload.point === 'string') return form('it was given for another candidate or run');
  return form(
    `it was given ${payload.run === '' ? 'before any run' : `when ${payload.run} was the newest run`}: a new attempt is decided anew`,
  );
}

function findTampered({ payload, items }: SignOff, recordedAt: string): Fault | undefined {
  if (digestItems(items) !== payload.evidence)
    return { kind: 'proof', why: 'its evidence is not what its digest was made of' };
  const apart = Math.abs(Date.parse(recordedAt) - Date.parse(payload.at));
  if (apart <= MOST_APART_MS) return undefined;
  return { kind: 'proof', why: `it is of ${payload.at} and was recorded at ${recordedAt}` };
}

/**
 * The sign-offs of a decision in the order in which they were recorded, each with what speaks against it by itself: another
 * decision, evidence that is not its own, a time that cannot be, or a sign-off that stands in the ledger already (T33).
 */
export function foldSignOffs(events: readonly LedgerEvent[], subject: Subject): readonly Unproven[] {
  const seen = new Map<string, string>();
  return events.flatMap((told): Unproven[] => {
    if (told.type !== 'approval.recorded') return [];
    const { id, at, data } = asItWas(told) as Recorded;
    const payload = readPayload(data.approval as unknown as JsonObject);
    if (payload === undefined) return [];
    const { nonce } = payload;
    const first = seen.get(nonce);
    if (first === undefined) seen.set(nonce, at);
    if (data.version !== subject.version || payload.point !== subject.point) return [];
    const bare: SignOff = { id, payload, items: data.items };
    const replayed = first === undefined ? undefined : form(`replayed: the same sign-off stands at ${first}`);
    const fault = replayed ?? findMisplaced(bare, subject) ?? findTampered(bare, at);
    const { signature } = data;
    return [{ ...bare, ...(fault ? { fault } : {}), ...(signature === undefined ? {} : { signature }) }];
  });
}
