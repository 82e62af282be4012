import type { Clock } from '../../../src/domain/clock.ts';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** One turn of the loop: whoever waits for an answer that is there already has it. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/**
 * Time of a story. It passes by what the story takes (`pass`) and by what is slept: whoever waits leaps to the end of it, and several
 * who wait at once do not add up. A limit on a call, which is slept under a signal of its own, rings when time comes to it; `waits` are
 * the signals of those who wait all the same.
 */
export function makeStoryClock(start: number, waits: readonly AbortSignal[]) {
  const alarms = new Set<Alarm>();
  let passed = 0;
  const passTo = (at: number): void => {
    const due = [...alarms].filter((one) => one.at <= at).sort((a, b) => a.at - b.at);
    passed = Math.max(passed, at);
    for (const { ring } of due) ring();
  };
  const leapTo = async (at: number): Promise<void> => {
    await turn();
    passTo(at);
    await turn();
  };
  const leap = (ms: number): Promise<void> => leapTo(passed + ms);
  const limit = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((wake, refuse) => {
      signal.throwIfAborted();
      const alarm = { at: passed + ms, ring: () => end(wake) };
      const stop = (): void => end(() => refuse(signal.reason));
      const end = (tell: () => void): void => {
        alarms.delete(alarm);
        signal.removeEventListener('abort', stop);
        tell();
      };
      alarms.add(alarm);
      signal.addEventListener('abort', stop, { once: true });
    });
  const clock: Clock = {
    now: () => new Date(start + passed),
    monotonic: () => passed,
    sleep: (ms, signal) => (signal === undefined || waits.includes(signal) ? leap(ms) : limit(ms, signal)),
  };
  return { clock, leap, leapTo, pass: (ms: number) => passTo(passed + ms) };
}
