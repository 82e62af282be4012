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
  const wallStart = clock.now().getTime();
  const start = clock.monotonic();
  const passed = (): number => (clock.monotonic() - start) * speed;
  return {
    speed,
    now: () => new Date(wallStart + passed()),
    monotonic: () => start + passed(),
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
