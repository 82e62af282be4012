import { describe, expect, it } from 'vitest';
import { makeRuleBook } from '../../../src/config/make-rule-book.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { drawWindows } from '../../../src/report/page/draw/windows.ts';
import { listWindows } from '../../../src/report/page/rule-windows.ts';
import { writePage } from '../../../src/report/page/write-page.ts';
import { incidentEvents } from '../../support/incident.ts';
import { OWN } from '../../support/own-runbook.ts';
import { eventAt, measure, OPEN, sampleReport } from '../../support/report-sample.ts';

const { runbook } = OWN;
const { rules } = makeRuleBook(runbook);
const iso = (minute: number): string => new Date(OPEN + minute * 60_000).toISOString();
const called = eventAt(18, 'w', 'watch.changed', {
  version: 'v2.1.0',
  change: {
    ...{ severity: 'P0', rule: 'error-percent', series: 'POST /pay', row: 'RBC-P0-1', value: 35 },
    ...{ onset_at: iso(3), fired_at: iso(8) },
  },
});
const panel = { metric: 'error-percent', series: 'POST /pay' };
const SPAN = [OPEN, OPEN + 600_000] as const;
const report = () =>
  sampleReport({
    runbook,
    events: [...incidentEvents().slice(0, 7), called, ...incidentEvents().slice(7)],
  });
const P0 = 'P0 RBC-P0-1 at or above 5 % for 5 min';

describe('the windows of rules', () => {
  it('RBC-P0-1: a rule that called has counted from its first reading until it called', () => {
    expect(listWindows(rules, panel, SPAN, report())).toEqual([
      { from: OPEN + 180_000, to: OPEN + 480_000, label: 'P0 RBC-P0-1', said: P0 },
    ]);
  });

  it('stands at the picture of what it judged, and within its times', () => {
    expect(listWindows(rules, { ...panel, series: 'GET /' }, SPAN, report())).toEqual([]);
    expect(listWindows(rules, { ...panel, metric: 'p95-ms' }, SPAN, report())).toEqual([]);
    expect(listWindows(rules, panel, [OPEN, OPEN + 60_000], report())).toEqual([]);
    const [cut] = listWindows(rules, panel, [OPEN + 240_000, OPEN + 300_000], report());
    expect(cut).toMatchObject({ from: OPEN + 240_000, to: OPEN + 300_000 });
  });

  it('is a box below the error rate and a sentence beside it', () => {
    const ticks = Array.from(
      { length: 10 },
      (_, i): Tick => ({
        ...{ at: OPEN + i * 60_000, metric: 'error-percent', series: 'POST /pay', source: 'probes' },
        ...{ k: i < 3 ? 0 : 7, n: 20 },
      }),
    );
    const page = writePage({ ...report(), measured: measure(ticks) });
    expect(page.includes(`<rect class="bar bad" x="33.33%" width="55.56%"`)).toBe(true);
    expect(page.includes(`<title>${P0}</title></rect>`)).toBe(true);
    expect(page.includes(`Boxes: what a rule counted until it called. ${P0}: 10:13:00 to 10:18:00.`)).toBe(
      true,
    );
  });
});

it.each([
  ['behind its box', 0, 0.5, 'x="50%" dx="6"', 'start'],
  ['before it', 0.5, 1, 'x="50%" dx="-6"', 'end'],
  ['on it', 0.1, 0.9, 'x="10%" dx="6"', 'start'],
])('a label stands %s where it has room', (_, from, to, place, anchor) => {
  const { text } = drawWindows([{ from, to, label: 'P0 RBC-P0-1', said: P0 }], [0, 1], 0);
  expect(text).toContain(
    `<text class="window-word" ${place} y="14" text-anchor="${anchor}">P0 RBC-P0-1</text>`,
  );
});
