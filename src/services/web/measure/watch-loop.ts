const TICK_MS = 5;

/** How long this thread was not there, and when. */
export interface LoopWatch {
  /** How long it had not been there in ms at a moment of `performance.now()` when it saw something; 0 when it was there. */
  lagAt(moment: number): number;
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
    lagAt: (moment) => {
      // What came meanwhile is seen right behind the tick that is late.
      const hit = absences.findLast(({ from, to }) => from <= moment && moment <= to + TICK_MS);
      return hit === undefined ? 0 : hit.to - hit.from;
    },
    stop: () => clearInterval(timer),
  };
}
