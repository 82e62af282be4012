import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../domain/clock.ts';

/** The system's time. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    await wait(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  },
};

/** A clock on which `speed` seconds pass in one: rules see two hours, people wait two minutes. */
function speedUp(clock: Clock, speed: number): Clock {
  // From when it is first asked: what was done before would be minutes in it.
  let begun: { readonly wall: number; readonly start: number } | undefined;
  const begin = () => {
    begun ??= { wall: clock.now().getTime(), start: clock.monotonic() };
    return begun;
  };
  const passedSince = (start: number): number => (clock.monotonic() - start) * speed;
  return {
    speed,
    now: () => {
      const { wall, start } = begin();
      return new Date(wall + passedSince(start));
    },
    monotonic: () => {
      const { start } = begin();
      return start + passedSince(start);
    },
    sleep: (ms, signal) => clock.sleep(ms / speed, signal),
  };
}

/**
 * The clock of a run. RELEASE_SANDBOX_SPEED counts only when the configuration itself says `sandbox: true`:
 * a stray variable must never shorten a wait on production.
 */
export function clockFor(sandbox: boolean, env: Readonly<Record<string, string | undefined>>): Clock {
  const speed = Number(env.RELEASE_SANDBOX_SPEED ?? '1');
  return sandbox && Number.isFinite(speed) && speed > 1 ? speedUp(systemClock, speed) : systemClock;
}
