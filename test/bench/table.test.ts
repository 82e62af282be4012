import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type BenchResults, shownIn, tableOf } from '../../bench/table.mjs';

const metric = {
  id: 'M2.help',
  title: 'release --help',
  unit: 'ratio',
  value: 1.44,
  ci95: [1.4, 1.5],
  n: 15,
  floor: { what: 'node -e 0', value: 25, unit: 'ms' },
  peers: [{ what: 'np --help', value: 50.9 }],
  must: 1.8,
  reach: 1.45,
  status: 'ok',
  why: null,
};
const results = {
  at: '2026-11-30T12:00:00.000Z',
  host: { node: '20.20.2', os: 'linux', cores: 2 },
  quality: { load: 0.9 },
  metrics: [
    metric,
    { ...metric, ci95: [1.44, 1.44], peers: [], status: 'miss' },
    { ...metric, status: 'skip', why: 'load 9 on 2 cores' },
  ],
};

it('a figure is shown with its interval, its floor, others beside it, and whether it is held', () => {
  const table = tableOf(results);
  expect(table.split('\n')[0]).toBe('2026-11-30, Node 20.20.2, linux, 2 cores, load 0.9 at most.');
  expect(table.split('\n').slice(4)).toEqual([
    '| M2.help release --help | 1.44× (1.4 to 1.5), n 15 | node -e 0: 25 ms; np --help 50.9× | 1.8; 1.45 | yes |',
    '| M2.help release --help | 1.44×, n 15 | node -e 0: 25 ms | 1.8; 1.45 | **no** |',
    '| M2.help release --help | 1.44× (1.4 to 1.5), n 15 | node -e 0: 25 ms; np --help 50.9× | 1.8; 1.45 | not judged: load 9 on 2 cores |',
  ]);
});

it('a page without a place for the table is refused', () => {
  expect(() => shownIn('# Benchmarks\n')).toThrow('no place');
});

it('docs/benchmarks.md shows what bench/results.json holds, and every figure that must hold is in it', () => {
  const kept: BenchResults = JSON.parse(readFileSync('bench/results.json', 'utf8'));
  const page = readFileSync('docs/benchmarks.md', 'utf8');
  expect(shownIn(page)).toBe(tableOf(kept));
  const wanted = [...page.matchAll(/^\| (M\d+) \|/gm)].map(([, id]) => id);
  expect(new Set(kept.metrics.map(({ id }) => id.split('.')[0]))).toEqual(new Set([...wanted, 'fold']));
});
