import type { Clock } from '../../src/domain/clock.ts';

/** Real time, in which a sleep takes none: it leaps to its end. `onSleep` may change the world meanwhile. */
export function makeLeapingClock(onSleep: (slept: number) => void = () => undefined) {
  let leapt = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + leapt),
    monotonic: () => performance.now() + leapt,
    sleep: async (ms) => {
      leapt += ms;
      onSleep(leapt);
    },
  };
  return { clock, slept: (): number => leapt };
}
