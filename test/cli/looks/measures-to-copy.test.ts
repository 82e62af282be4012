import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeSources } from '../../../src/cli/watch/sources/make-sources.ts';
import { MEASURES } from '../../../src/domain/week/measures.ts';
import type { Services } from '../../../src/services/services.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';
import { openWeek } from './week-world.ts';

/** What docs/week.md offers to copy. */
const [, snippet = ''] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/week.md', 'utf8')) ?? [];
const copied = parse(snippet) as { measurements: object; rules: object };

const READINGS: Readonly<Record<string, number>> = {
  'job-success-percent': 99.5,
  'assessments-per-hour': 12,
  'pdf-export-success-percent': 98.2,
  engagement: 40,
  'host-percent': 61,
  'memory-percent': 55,
  'cpu-percent': 30,
  'rate-limit-percent': 2,
};

/** Every source of the lines to copy, asked once: Prometheus and the database answer with what the metric is to be. */
async function sampleAll(): Promise<Readonly<Record<string, number | null>>> {
  const runbook = gitAlone(copied);
  const { wired, context } = makeCliWorld({ runbook });
  const answerTo = (query: string): number => {
    const one = Object.values(runbook.measurements).find(
      (each) => ('query' in each && each.query === query) || ('sql' in each && each.sql === query),
    );
    return READINGS[one !== undefined && 'metric' in one ? one.metric : ''] ?? Number.NaN;
  };
  const services = {
    prometheus: { ask: async ({ query }: { query: string }) => [{ labels: {}, value: answerTo(query) }] },
    postgres: { readNumber: async (_: string, sql: string) => answerTo(sql) },
    github: { limits: async () => ({ used: 100, limit: 5000 }) },
  } as unknown as Services;
  const sources = makeSources(runbook.measurements, {
    ...{ context, version: 'v2.1.0', run: 'w-1', facts: {}, open: 0, now: () => 0, ago: () => new Date(0) },
    wired: { ...wired, services },
  });
  const told = await Promise.all(sources.map((one) => one.sample(new AbortController().signal)));
  return Object.fromEntries(
    told.flat().flatMap((one) => ('value' in one ? [[one.metric, one.value] as const] : [])),
  );
}

it.each([
  { row: 'CMM-04', said: 'background jobs that succeed: job-success-percent 99.5 → 99.5' },
  { row: 'CMM-05', said: 'assessments that are made: assessments-per-hour 12 → 12' },
  { row: 'CMM-06', said: 'PDF exports that succeed: pdf-export-success-percent 98.2 → 98.2' },
  { row: 'CMM-08', said: 'engagement of users: engagement 40 → 40' },
  { row: 'CMM-09', said: 'resources of the host: host-percent 61 → 61' },
  {
    row: 'CMM-11',
    said: 'memory and CPU: memory-percent 55 → 55 (55 to 55) in 1; cpu-percent 30 → 30',
  },
  { row: 'CMM-12', said: 'use of API rate limits: rate-limit-percent 2 → 2' },
])('$row: is measured with the lines that docs/week.md offers, and shown', async ({ row, said }) => {
  const world = await openWeek({ runbook: copied });
  const figures = await sampleAll();
  const look = { version: 'v2.1.0', hour: 3, verdict: 'clean', level: 'ok', said: '', since: '' } as const;
  await world.note('r-1:look:3', 'watch.looked', { ...look, figures });
  const text = (await world.status(3.5, true)).text.replace(/\s+/g, ' ');
  expect(text).toContain(`${row} ${said}`);
});

it('offers a rule for every measure that the shipped runbook has none for', () => {
  const shipped = parse(readFileSync('runbook.config.yaml', 'utf8')) as { rules: object };
  const known = new Set([...Object.keys(shipped.rules), ...Object.keys(copied.rules)]);
  expect(MEASURES.flatMap(({ rules }) => rules).filter((rule) => !known.has(rule))).toEqual([]);
});
