import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank } from '../../../src/domain/percentile.ts';
import { Latencies } from '../../../src/domain/watch/latencies.ts';

describe('the times of the last five minutes', () => {
  it('PER-01: give the nearest rank of the newest, however many came before', () => {
    const step = fc.record({
      gap: fc.nat(4000),
      ms: fc.oneof(fc.nat(500), fc.constant(Number.POSITIVE_INFINITY)),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 200 }),
        (all, most) => {
          const times = new Latencies(most);
          let now = 0;
          const seen: { at: number; ms: number }[] = [];
          for (const { gap, ms } of all) {
            now += gap;
            times.add(now, ms);
            seen.push({ at: now, ms });
            const kept = seen.slice(-most).filter(({ at }) => at >= now - 300_000);
            const wanted = nearestRank(
              kept.map((one) => one.ms),
              0.95,
            );
            if (seen.length % 16 === 0)
              expect(times.quantile(0.95, now)).toEqual({ value: wanted, n: kept.length });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('T6: what was due after the answer has not waited for it, however much time passed', () => {
    const times = new Latencies();
    times.addTry(600_000, 80, 600_000, 1000);
    expect(times.quantile(0.05, 600_000)).toEqual({ value: 80, n: 1 });
    times.addTry(605_000, 2500, 5000, 1000);
    expect(times.quantile(0.05, 605_000)).toEqual({ value: 80, n: 4 });
  });

  it('F68: are none after they were cleared', () => {
    const times = new Latencies();
    times.add(0, 80);
    times.clear();
    times.add(1, 20);
    expect(times.quantile(0.95, 1)).toEqual({ value: 20, n: 1 });
  });

  it('are none where there were none', () => {
    expect(new Latencies().quantile(0.95, 0)).toEqual({ value: null, n: 0 });
  });
});
