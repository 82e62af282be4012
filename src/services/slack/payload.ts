import type { JsonObject } from '../../domain/json.ts';
import type { MessageMarker } from './port.ts';

const EVENT = 'release_step';

/** No previews of links; no `@name` of foreign text turned into a mention (T13). */
export const QUIET = { unfurl_links: false, unfurl_media: false, link_names: false } as const;

/** Travels with the message, unseen, and finds it again (reliability 4.5). */
export const makeMetadata = (marker: MessageMarker) => ({
  event_type: EVENT,
  event_payload: { run: marker.run, step: marker.step },
});

/** True when this metadata was planted by that entry of that run. */
export function isMarkedBy(metadata: unknown, marker: MessageMarker): boolean {
  const { event_type: type, event_payload: payload } = (metadata ?? {}) as JsonObject;
  const { run, step } = (payload ?? {}) as JsonObject;
  return type === EVENT && run === marker.run && step === marker.step;
}
