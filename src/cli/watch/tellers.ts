import { Decisions } from './decisions.ts';
import { Incidents } from './incidents.ts';
import type { Live } from './live.ts';
import { isOrdered } from './roll-back.ts';
import { makeUpdates, type Updates } from './updates.ts';

/** All that people are told by a watch. */
export interface Tellers {
  readonly updates: Updates;
  beat(at: number): void;
  /** What the last moment has brought. */
  end(at: number): void;
  /** Waits for what is still being posted. */
  done(): Promise<void>;
}

/** Decisions, incidents and promised updates; none of them keeps the watch waiting. */
export function makeTellers(live: Live): Tellers {
  const [decisions, incidents, updates] = [new Decisions(live), new Incidents(live), makeUpdates(live)];
  return {
    updates,
    beat: (at) => {
      decisions.beat(at);
      incidents.beat(at);
      updates.beat(at);
    },
    end: (at) => {
      decisions.end(at);
      if (live.fired === undefined || isOrdered(live)) return;
      incidents.beat(at);
      updates.beat(at);
    },
    done: async () => void (await Promise.all([decisions.done(), incidents.done(), updates.done()])),
  };
}
