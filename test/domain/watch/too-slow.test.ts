import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/domain/watch/rule.ts';
import { listTooSlow } from '../../../src/domain/watch/too-slow.ts';

const rule = (percentile: number | undefined, needed = true): Rule => ({
  ...{ id: 'p', title: 'P', metric: 'p-ms', unit: 'ms', since: 'live', minSamples: 0 },
  ...{ freshSeconds: 60, bands: [], percentile, needed },
});
const pace = (mostTimes: number | undefined) => ({ name: 'probes', metrics: ['p-ms'], mostTimes });

describe('a source that asks too seldom for a percentile', () => {
  it('E-24: 58 times never show a P95 and 298 no P99; 59 and 299 may', () => {
    expect(listTooSlow([rule(95)], [pace(58)])).toEqual([
      { rule: 'p', source: 'probes', most: 58, needs: 59 },
    ]);
    expect(listTooSlow([rule(99)], [pace(298)])).toMatchObject([{ needs: 299 }]);
    expect(listTooSlow([rule(95)], [pace(59)])).toEqual([]);
    expect(listTooSlow([rule(99)], [pace(299)])).toEqual([]);
  });

  it('says nothing of a rule that may stay unmeasured, of another metric, or of times that others make', () => {
    expect(listTooSlow([rule(95, false), rule(undefined)], [pace(1)])).toEqual([]);
    expect(listTooSlow([rule(95)], [{ ...pace(1), metrics: ['error-percent'] }])).toEqual([]);
    expect(listTooSlow([rule(95)], [pace(undefined)])).toEqual([]);
  });
});
