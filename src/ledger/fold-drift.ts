import type { DriftChange, DriftState } from '../domain/drift/drift-state.ts';
import type { SchemaMoves } from '../domain/drift/explain-schema.ts';
import type { DriftCall } from '../domain/drift/judge-drift.ts';
import type { LedgerEvent } from './event.ts';

/** The set-up as a person accepted it. */
export interface DriftBaseline {
  readonly run: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly state: DriftState;
  /** What was live then. */
  readonly version: string;
  readonly commit: string;
  readonly until?: string;
}

/** What the ledger knows about drift at one moment. */
export interface DriftRecord {
  readonly baseline?: DriftBaseline;
  /** What releases did to the schema since the baseline, oldest first. */
  readonly moves: readonly { readonly version: string; readonly moves: SchemaMoves }[];
  readonly last?: {
    readonly at: string;
    readonly call: DriftCall;
    readonly changes: readonly DriftChange[];
  };
  /** The set of changes that people know of, and who was reached; gone as soon as a look found it mended. */
  readonly told?: { readonly digest: string; readonly channels: readonly string[] };
}

type Accepted = Extract<LedgerEvent, { type: 'drift.accepted' }>;

const isAccepted = (event: LedgerEvent): event is Accepted => event.type === 'drift.accepted';

/** A moment that cannot be read has passed: an acceptance is never longer than somebody said. */
const hasLapsed = ({ data }: Accepted, now: Date): boolean =>
  data.until !== undefined && !(Date.parse(data.until) >= now.getTime());

function asBaseline({ run, at, actor, data }: Accepted): DriftBaseline {
  const { reason, state, version, commit, until } = data;
  return { run, at, by: actor, reason, state, version, commit, ...(until === undefined ? {} : { until }) };
}

/** Every set-up that was ever accepted, oldest first, lapsed ones included. */
export const listBaselines = (events: readonly LedgerEvent[]): readonly DriftBaseline[] =>
  events.filter(isAccepted).map(asBaseline);

function findTold(events: readonly LedgerEvent[]): DriftRecord['told'] {
  let told: DriftRecord['told'];
  for (const event of events) {
    if (event.type === 'drift.checked' && event.data.digest !== told?.digest && event.data.call !== 'unknown')
      told = undefined;
    if (event.type !== 'drift.alerted') continue;
    const { digest, channels } = event.data;
    const before = told?.digest === digest ? told.channels : [];
    told = { digest, channels: [...before, ...channels] };
  }
  return told;
}

/**
 * What the ledger says about drift at `now`. The baseline is the newest acceptance that has not lapsed: behind one with
 * an end stands the one before it, so that the change is reported anew. Nothing but an acceptance ever moves it (E-64).
 */
export function foldDrift(
  events: readonly LedgerEvent[],
  now: Date,
  chosen?: (baseline: DriftBaseline) => boolean,
): DriftRecord {
  const counts = (event: Accepted): boolean =>
    chosen === undefined ? !hasLapsed(event, now) : chosen(asBaseline(event));
  const accepted = events.filter(isAccepted).findLast(counts);
  const since = accepted === undefined ? events : events.slice(events.indexOf(accepted));
  const last = events.findLast((event) => event.type === 'drift.checked');
  const told = findTold(events);
  return {
    ...(accepted === undefined ? {} : { baseline: asBaseline(accepted) }),
    moves: since.flatMap((event) => (event.type === 'drift.schema-moved' ? [event.data] : [])),
    ...(last?.type === 'drift.checked'
      ? { last: { at: last.at, call: last.data.call, changes: last.data.changes } }
      : {}),
    ...(told === undefined ? {} : { told }),
  };
}
