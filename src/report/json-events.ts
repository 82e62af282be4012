import type { Clock } from '../domain/clock.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Renderer } from './renderer.ts';

/** What the stream's first line says. */
export interface Hello {
  readonly tool: string;
  readonly command: string;
  readonly env?: string;
}

/**
 * Progress for machines: one JSON object per event, `at` in UTC. The first line is `hello` with the schema, the
 * last one `end`; a stream without `end` was cut off.
 */
export function makeEventStream(write: (document: JsonObject) => void, clock: Clock, hello: Hello): Renderer {
  const put = (body: JsonObject): void => write({ ...body, at: clock.now().toISOString() });
  put({ type: 'hello', schema: 'release.events/1', ...hello });
  return {
    emit: (event) => put(event as unknown as JsonObject),
    close: async () => put({ type: 'end' }),
  };
}
