import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/ledger/fold.ts';
import { countKept } from '../../../src/report/page/counted.ts';
import { drawLabel } from '../../../src/report/page/draw/label.ts';
import { table } from '../../../src/report/page/parts.ts';
import { sayPeak } from '../../../src/report/page/peaks.ts';
import { sayWhenOf } from '../../../src/report/page/sections/answers.ts';
import { writeChecks } from '../../../src/report/page/sections/checks.ts';
import { incidentEvents } from '../../support/incident.ts';
import { eventAt, sampleReport } from '../../support/report-sample.ts';

const gate = (minute: number, run: string, because: readonly string[] = []) =>
  eventAt(
    minute,
    run,
    'gate.decided',
    { ...{ gate: 'smoke', version: 'v2.1.0', counts: {}, because }, call: because.length ? 'no-go' : 'go' },
    'smoke-gate',
  );
const checksOf = (...gates: ReturnType<typeof gate>[]): string => {
  const events = [...incidentEvents(), ...gates].sort((a, b) => (a.at < b.at ? -1 : 1));
  return writeChecks(sampleReport({ events }))?.body.text ?? '';
};

const runWith = (...states: readonly string[]): RunState =>
  ({
    plan: { entries: [{ kind: 'step', step: 'postgres.check-integrity', name: 'count', title: 'Count' }] },
    facts: { count: { data: states.map((state) => ({ state })) } },
  }) as unknown as RunState;

describe('what a page says of gates', () => {
  it('names the run that asked, so that the same gate of two runs is told apart', () => {
    const page = checksOf(gate(9, 'd'), gate(30, 'r'));
    expect(page).toContain('smoke in deploy of v2.1.0');
    expect(page).toContain('smoke in rollback to v2.0.3');
  });

  it('has a column for reasons where there are any', () => {
    expect(checksOf(gate(9, 'd'))).not.toContain('Because of');
    expect(checksOf(gate(9, 'd'), gate(30, 'r', ['smoke.p95']))).toContain('Because of');
  });
});

describe('what integrity questions counted', () => {
  it('E-86: is as before when every answer is, and nothing when none was asked', () => {
    expect(countKept(runWith('ok', 'ok'))).toBe(2);
    expect(countKept(runWith('ok', 'unknown'))).toBeUndefined();
    expect(countKept(runWith('ok', 'not-judged'))).toBeUndefined();
    expect(countKept(runWith())).toBeUndefined();
  });
});

describe('the five answers', () => {
  it('have seconds where all of it lasted less than two minutes, which would be one time twice', () => {
    const story = (endedAt: string) => {
      const run = { startedAt: '2025-10-01T14:00:40.000Z', endedAt } as RunState;
      return { ...sampleReport(), story: { ...sampleReport().story, runs: [run] } };
    };
    expect(sayWhenOf(story('2025-10-01T14:00:56.000Z'))).toBe('Wed 1 Oct 2025, 10:00:40–10:00:56 EDT (16 s)');
    expect(sayWhenOf(story('2025-10-01T14:02:40.000Z'))).toBe('Wed 1 Oct 2025, 10:00–10:02 EDT (2 min)');
  });

  it('name an endpoint for its errors, and none where there were none', () => {
    const peak = { at: 0, series: 'GET /health' };
    expect(sayPeak({ ...peak, value: 6.2 }, '%')).toBe('6.2 % on GET /health');
    expect(sayPeak({ ...peak, value: 0 }, '%')).toBe('0 %');
  });
});

describe('a narrow page', () => {
  it('has the head of each cell beside it where a table becomes blocks', () => {
    const wide = table('Runs', ['Run', 'By'], [['r-1', 'Ana']]).text;
    expect(wide).not.toContain('data-h');
    const blocks = table('Runs', ['Run', 'By'], [['r-1', 'Ana']], [], 'named-blocks').text;
    expect(blocks).toContain('<th scope="row">r-1</th><td data-h="By">Ana</td>');
  });

  it('has names of pictures cut where there is no room for them, and in full elsewhere', () => {
    expect(drawLabel('Maintenance mode on', 11, 20).text).toBe(
      '<text class="halo" x="0" y="11">Maintenance mode on</text>',
    );
    expect(drawLabel('Merge release/v2.1.0 into main', 11, 20).text).toBe(
      '<text class="halo wide" x="0" y="11">Merge release/v2.1.0 into main</text><text class="halo narrow" x="0" y="11">Merge release/v2.1.…</text>',
    );
  });
});
