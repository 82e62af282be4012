import type { Clock } from '../../src/domain/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that passes as soon as nobody has anything left to do: whoever sleeps shortest wakes first, and several who sleep at once
 * do not add up.
 */
export function makeVirtualClock(start: number): Clock {
  const sleepers = new Set<Sleeper>();
  let passed = 0;
  let isPumping = false;
  const next = (): Sleeper | undefined =>
    [...sleepers].reduce<Sleeper | undefined>(
      (first, one) => (first && first.at <= one.at ? first : one),
      undefined,
    );
  const pump = (): void => {
    const due = next();
    isPumping = due !== undefined;
    if (due === undefined) return;
    passed = Math.max(passed, due.at);
    due.wake();
    setImmediate(pump);
  };
  return {
    now: () => new Date(start + passed),
    monotonic: () => passed,
    sleep: (ms, signal) =>
      new Promise((wake, refuse) => {
        signal?.throwIfAborted();
        const sleeper = { at: passed + ms, wake: () => done(wake) };
        const stop = (): void => done(() => refuse(signal?.reason));
        const done = (tell: () => void): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', stop);
          tell();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        if (!isPumping) setImmediate(pump);
        isPumping = true;
      }),
  };
}
