import type { Clock } from '../../src/domain/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it. */
export function makeSteppedClock(start = new Date('2025-10-01T14:00:00Z')) {
  let passed = 0;
  let sleepers: Sleeper[] = [];
  const clock: Clock = {
    now: () => new Date(start.getTime() + passed),
    monotonic: () => passed,
    sleep: (ms, signal) =>
      new Promise((wake, refuse) => {
        sleepers.push({ at: passed + ms, wake });
        signal?.addEventListener('abort', () => refuse(signal.reason), { once: true });
      }),
  };
  return {
    clock,
    /** Moves time and lets everything that was due run. */
    async advance(ms: number): Promise<void> {
      passed += ms;
      const due = sleepers.filter((sleeper) => sleeper.at <= passed);
      sleepers = sleepers.filter((sleeper) => sleeper.at > passed);
      for (const sleeper of due) sleeper.wake();
      await new Promise((done) => setImmediate(done));
    },
  };
}
