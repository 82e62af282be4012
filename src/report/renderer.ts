import type { EngineEvent } from '../engine/events.ts';

/** Shows a run while it happens. `close` leaves the terminal as it was found. */
export interface Renderer {
  emit(event: EngineEvent): void;
  close(): Promise<void>;
}
