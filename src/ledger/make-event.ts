import type { Json } from '../domain/json.ts';
import type { Redact } from '../domain/redact.ts';
import { hashOf } from './chain.ts';
import type { LedgerEvent, NewEvent } from './event.ts';

/** Where an event comes from, and who speaks. */
export interface Origin {
  readonly host: string;
  readonly actor: string;
  readonly tool: string;
  /** Applied to everything stored: a secret never reaches the ledger. */
  readonly redact: Redact;
}

/** Where an event stands. */
export interface EventPlace {
  readonly scope: string;
  readonly epoch: number;
  readonly at: string;
  /** The entry before it. */
  readonly head: { readonly seq: number; readonly hash: string };
}

// Word by word, never over the JSON text: a pattern that spans two fields would take the quotes between them along,
// and an event that cannot be read back could not be recorded at all.
function redactJson(value: Json, redact: Redact): Json {
  if (typeof value === 'string') return redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => redactJson(one, redact));
  const entries = Object.entries(value as { readonly [key: string]: Json });
  return Object.fromEntries(entries.map(([key, one]) => [redact(key), redactJson(one, redact)]));
}

/**
 * The event as it is stored: placed, dated, cleared of secrets (T02) and chained by hash. Ids and names that the
 * program itself gives stay as they are, so that an event is found again by its id.
 */
export function makeEvent(event: NewEvent, place: EventPlace, origin: Origin): LedgerEvent {
  const { scope, epoch, at, head } = place;
  const { redact, host, actor, tool } = origin;
  const plain = JSON.parse(JSON.stringify(event)) as NewEvent;
  const full = {
    v: 1,
    ...plain,
    data: redactJson(plain.data as unknown as Json, redact),
    scope,
    epoch,
    at,
    host: redact(host),
    actor: redact(actor),
    tool,
    seq: head.seq + 1,
    p: head.hash,
  } as unknown as Omit<LedgerEvent, 'h'>;
  return { ...full, h: hashOf(full) } as LedgerEvent;
}
