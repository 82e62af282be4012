const TICK_MS = 5;

/** How long this thread was not there, and when. */
export interface LoopWatch {
  /** Longest absence in ms that touches the time between two moments of `performance.now()`. */
  lagBetween(from: number, to: number): number;
  stop(): void;
}

/** Ticks, and notes every tick that comes late: an answer that arrived meanwhile was seen too late (benchmarks T7). */
export function watchLoop(): LoopWatch {
  const absences: { readonly from: number; readonly to: number }[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last > TICK_MS * 1.5) absences.push({ from: last + TICK_MS, to: now });
    last = now;
  }, TICK_MS);
  timer.unref();
  return {
    lagBetween: (from, to) =>
      absences.reduce(
        (most, one) => (one.to < from || one.from > to ? most : Math.max(most, one.to - one.from)),
        0,
      ),
    stop: () => clearInterval(timer),
  };
}
