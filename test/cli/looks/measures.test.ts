import { expect, it } from 'vitest';
import { openWeek } from './week-world.ts';

const rule = (from: number) => ({
  ...{ title: 'Something', unit: 'number' },
  bands: [{ level: 'hold', row: 'SUC-01', from, dwellMinutes: 5 }],
});
const runbook = {
  rules: {
    ...{ 'error-percent': rule(1), 'p95-ms': rule(200), 'p99-ms': rule(500), 'query-p95-ms': rule(100) },
    ...{ 'pool-percent': rule(80), 'payment-success-percent': rule(101) },
  },
};

/** `release status --why` after two looks, of which one is unknown, and a third. */
async function showMeasures(payments: number | null = null): Promise<string> {
  const world = await openWeek({ runbook });
  const figures = (n: number) => ({
    ...{ 'error-percent': n / 10, 'p95-ms': 80 + n, 'p99-ms': 100 + n, 'query-p95-ms': 10 + n },
    ...{ 'pool-percent': 30 + n, 'payment-success-percent': payments },
  });
  for (const [hour, verdict] of [
    [3, 'clean'],
    [4, 'unknown'],
    [5, 'clean'],
  ] as const)
    await world.note(`r-1:look:${hour}`, 'watch.looked', {
      ...({ version: 'v2.1.0', hour, verdict, level: 'ok', said: '', since: '' } as const),
      figures: figures(hour),
    });
  return (await world.status(5.5, true)).text.replace(/\s+/g, ' ');
}

it.each([
  { row: 'CMM-01', said: 'failed requests: error-percent 0.3 → 0.5 (0.3 to 0.5) in 2, target < 1' },
  {
    row: 'CMM-02',
    said: 'response times: p95-ms 83 → 85 (83 to 85) in 2, target < 200; p99-ms 103 → 105 (103 to 105) in 2, target < 500',
  },
  { row: 'CMM-03', said: 'database queries: query-p95-ms 13 → 15 (13 to 15) in 2, target < 100' },
  { row: 'CMM-10', said: 'database connections: pool-percent 33 → 35 (33 to 35) in 2, target < 80' },
])(
  '$row: status --why shows how it went over the looks, without one that is unknown',
  async ({ row, said }) => {
    expect(await showMeasures()).toContain(`${row} ${said}`);
  },
);

it('CMM-07: status --why shows the share of payments that succeed', async () => {
  const said = 'CMM-07 payments that succeed: payment-success-percent 99.5 → 99.5 (99.5 to 99.5) in 2';
  expect(await showMeasures(99.5)).toContain(said);
});

it('a measure that has a rule and no reading is not blank, and none without a source is', async () => {
  const text = await showMeasures();
  expect(text).toContain('CMM-07 payments that succeed: payment-success-percent not measured yet');
  for (const row of ['04', '05', '06', '08', '09', '11', '12'])
    expect(text).toMatch(new RegExp(`CMM-${row} [^:]+: not measured here: no source \\(no rule`));
});

it('is shown where somebody asks why, and not before', async () => {
  const world = await openWeek({ runbook });
  expect((await world.status(5.5)).text).not.toContain('CMM-01');
});
