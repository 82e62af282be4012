import type { JsonObject } from '../../domain/json.ts';
import type { CarriedMessage, MessageMarker } from './port.ts';

const EVENT = 'release_step';

/** No previews of links; no `@name` of foreign text turned into a mention (T13). */
export const QUIET = { unfurl_links: false, unfurl_media: false, link_names: false } as const;

/** Travels with the message, unseen, and finds it again (reliability 4.5). */
export const makeMetadata = (marker: MessageMarker, facts: Readonly<Record<string, string>> = {}) => ({
  event_type: EVENT,
  event_payload: { ...facts, run: marker.run, step: marker.step },
});

/** What a message of ours carries; undefined for one that is none of ours. Anybody may have written it. */
export function readCarried(ts: unknown, metadata: unknown): CarriedMessage | undefined {
  const { event_type: type, event_payload: payload } = (metadata ?? {}) as JsonObject;
  if (type !== EVENT || typeof ts !== 'string') return undefined;
  const { run, step, ...rest } = (payload ?? {}) as JsonObject;
  if (typeof run !== 'string' || typeof step !== 'string') return undefined;
  const words = Object.entries(rest).filter((one): one is [string, string] => typeof one[1] === 'string');
  return { ts, run, step, facts: Object.fromEntries(words) };
}

/** True when this metadata was planted by that entry of that run. */
export function isMarkedBy(metadata: unknown, marker: MessageMarker): boolean {
  const { event_type: type, event_payload: payload } = (metadata ?? {}) as JsonObject;
  const { run, step } = (payload ?? {}) as JsonObject;
  return type === EVENT && run === marker.run && step === marker.step;
}
