import { describe, expect, it } from 'vitest';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import type { Incident } from '../../../src/ledger/find-incident.ts';
import { findIncident } from '../../../src/ledger/find-incident.ts';
import { chooseDrawn } from '../../../src/report/postmortem/metrics/choose-drawn.ts';
import { FigureCollector } from '../../../src/report/postmortem/metrics/collect-figures.ts';
import { drawChart } from '../../../src/report/postmortem/metrics/draw-chart.ts';
import type { Figures } from '../../../src/report/postmortem/metrics/figures.ts';
import { listMarks } from '../../../src/report/postmortem/metrics/list-marks.ts';
import { writeMetrics } from '../../../src/report/postmortem/metrics/write-metrics.ts';
import { incidentEvents } from '../../support/incident.ts';

const incident = findIncident(incidentEvents()) as Incident;
const at = (minute: number): number => Date.UTC(2025, 9, 1, 14, minute);
const errors = (minute: number, k: number, n: number, source = 'web'): Tick => ({
  ...{ at: at(minute), metric: 'error-percent', series: 'all', source, k, n },
});
const p95 = (minute: number, value: number | null, series = 'all'): Tick => ({
  ...{ at: at(minute), metric: 'p95-ms', series, source: 'web', value },
});
const gather = (ticks: readonly Tick[]): Figures => {
  const collector = new FigureCollector({ from: at(0), to: at(59) });
  for (const tick of ticks) collector.take(tick);
  return collector.figures();
};
const valuesOf = (figures: Figures): readonly (readonly number[])[] =>
  figures.flatMap(({ pieces }) => pieces.map((piece) => piece.map(({ value }) => value)));

describe('what is drawn of measurements', () => {
  it('errors of a minute are counted together, and of P95 the slowest endpoint is taken', () => {
    expect(valuesOf(gather([errors(1, 1, 10), { ...errors(1, 3, 10), at: at(1) + 30_000 }]))).toEqual([[20]]);
    expect(valuesOf(gather([p95(1, 90, 'GET /a'), p95(1, 400, 'GET /b')]))).toEqual([[400]]);
  });

  it('a line is interrupted where nobody measured, after a gap, and where time goes back', () => {
    expect(valuesOf(gather([p95(1, 1), p95(3, 2), p95(6, 3)]))).toEqual([[1, 2], [3]]);
    const gap: Tick = { at: at(2), mark: 'gap' };
    expect(valuesOf(gather([p95(1, 1), gap, p95(2, 2), p95(3, 3)]))).toEqual([[1], [2, 3]]);
    expect(valuesOf(gather([p95(4, 1), p95(5, 2), p95(4, 3), p95(5, 4)]))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('what has no value is no nought: nothing asked, a stale series, other times, other metrics', () => {
    const other = { ...p95(1, 9), metric: 'cpu' };
    expect(gather([errors(1, 0, 0), p95(1, null), p95(1, Number.POSITIVE_INFINITY), other])).toEqual([]);
    expect(gather([p95(-1, 5), p95(60, 5)])).toEqual([]);
  });

  it('of more than four sources those are drawn that measured most, and the others are told in words', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].flatMap((source) => [
      errors(1, 1, 10, source),
      ...(source === 'b' ? [] : [errors(2, 1, 10, source)]),
    ]);
    const figures = gather(many);
    expect(chooseDrawn(figures)).toEqual(['a', 'c', 'd', 'e']);
    const lines = writeMetrics(incident, figures, 'x.svg', 'UTC').split('\n');
    expect(lines.filter((line) => line.includes('not drawn'))).toEqual([
      expect.stringContaining('by b: before the rollback highest 10 % at 14:01 UTC'),
    ]);
  });
});

describe('the picture of an incident', () => {
  const draw = (ticks: readonly Tick[]): string =>
    drawChart({
      title: 'v2.1.0 <b>',
      run: 'r',
      figures: gather(ticks),
      marks: listMarks(incident),
      zone: 'UTC',
    });

  it('PIR-03: has a line for each piece, and a dot for a minute alone', () => {
    const svg = draw([p95(1, 100), p95(2, 200), p95(9, 150), errors(9, 1, 10)]);
    expect(svg.match(/<polyline class="line c0"/g)).toHaveLength(1);
    expect(svg.match(/<polyline class="line dot c0"/g)).toHaveLength(2);
    expect(svg).not.toContain('not measured</text>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says where a metric was not measured at all', () => {
    expect(draw([p95(1, 100)]).match(/>not measured</g)).toHaveLength(1);
  });

  it('has the moments of the ledger as numbers, and in words for whoever does not see it', () => {
    const svg = draw([p95(1, 100)]);
    expect(svg.match(/<line class="mark"/g)).toHaveLength(4);
    expect(svg).toContain('role="img"');
    const about = /<desc id="d">([^<]*)</.exec(svg)?.[1];
    expect(about).toContain('1  deployment of v2.1.0 begun, 14:00 UTC');
    expect(about).toContain('4  rollback to v2.0.3 over, 14:35 UTC');
    expect(about).not.toContain('detected');
  });

  it('nothing in it is markup that comes from elsewhere', () => {
    const svg = draw([{ ...p95(1, 5), source: '<script>' } as Tick]);
    expect(svg).toContain('v2.1.0 &lt;b&gt;');
    expect(svg).not.toContain('<script');
  });
});

describe('measurements in words', () => {
  it('PIR-03: names the highest before the rollback and after its beginning, and what is not on record', () => {
    const text = writeMetrics(incident, gather([errors(12, 5, 10), errors(30, 1, 10)]), 'x.svg', 'UTC');
    expect(text).toContain('(<x.svg>)');
    expect(text).toContain(
      '- Errors, by web: before the rollback highest 50 % at 14:12 UTC; from its beginning on highest 10 % at 14:30 UTC (2 minutes measured, in 2 pieces with gaps between them)',
    );
    expect(text).toContain('- Detection: no rule that called and no declaration is on record');
  });

  it('says where measurements are when this machine has none, and with which line they come in', () => {
    const text = writeMetrics(incident, [], 'x.svg', 'UTC');
    expect(text).toContain('Not on the machine that wrote this');
    expect(text).toContain('`d.jsonl`, `r.jsonl`');
    expect(text).toContain('`release postmortem r --update --ticks ticks.jsonl --env production`');
  });
});
