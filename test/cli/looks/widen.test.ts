import { expect, it } from 'vitest';
import { addWide } from '../../../src/cli/looks/widen.ts';
import type { Rule } from '../../../src/domain/watch/rule.ts';
import type { Sampler } from '../../../src/engine/watch/sampler.ts';

const metric = 'payment-success-percent';
const tell = (name: string, value: number, n: number): Sampler => ({
  ...{ name, everyMs: 60_000, metrics: [metric] },
  sample: async () => [{ metric, series: 'all', source: name, value, n }],
});
const sampleOf = async (near: Sampler) => {
  const wide = tell('pay since the look before', 97, 400);
  const [one] = addWide([near], [wide], [{ metric, minSamples: 20 } as Rule]);
  return (await one?.sample(new AbortController().signal))?.map((told) => [
    told.source,
    'value' in told ? told.value : null,
  ]);
};

it('V24-04: an outage in the configured window does not drown in the hours before it', async () => {
  expect(await sampleOf(tell('pay', 0, 30))).toEqual([
    ['pay', 0],
    ['pay since the look before', 97],
  ]);
});

it('V24-04: too few payments in the window are made up for by those since the look before', async () => {
  expect((await sampleOf(tell('pay', 0, 3)))?.[0]).toEqual(['pay', 97]);
});
