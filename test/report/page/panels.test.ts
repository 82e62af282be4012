import { describe, expect, it } from 'vitest';
import { makeRuleBook } from '../../../src/config/make-rule-book.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { sayFinding } from '../../../src/report/page/panel-words.ts';
import { groupPanels, isFar, sortPanels } from '../../../src/report/page/panels.ts';
import { makeTimeWords } from '../../../src/report/page/time-words.ts';
import { writePage } from '../../../src/report/page/write-page.ts';
import { OWN } from '../../support/own-runbook.ts';
import { measure, OPEN, sampleReport } from '../../support/report-sample.ts';

const { runbook } = OWN;
const { rules } = makeRuleBook(runbook);
const words = makeTimeWords('America/New_York');

/** Ten minutes, of which `bad` of a thousand requests failed in each from the third on. */
const minutesOf = (series: string, bad: number): readonly Tick[] =>
  Array.from({ length: 10 }, (_, i) => ({
    ...{ at: OPEN + i * 60_000, metric: 'error-percent', series, source: 'users' },
    ...{ k: i < 2 ? 0 : bad, n: 1000 },
  }));
const paid = (value: number): Tick => ({
  ...{ at: OPEN, metric: 'payment-success-percent', series: 'all', source: 'payments', value },
});

const panelsOf = (ticks: readonly Tick[]) => {
  const [measured] = measure(ticks);
  if (measured === undefined) throw new Error('nothing was measured');
  return groupPanels(measured, rules);
};
const only = (ticks: readonly Tick[]) => {
  const [panel] = panelsOf(ticks);
  if (panel === undefined) throw new Error('nothing was measured');
  return panel;
};

describe('what was measured', () => {
  it.each([
    { what: 'far from every bound', ticks: minutesOf('GET /', 2), far: true },
    { what: 'more than half of the way to one', ticks: minutesOf('GET /', 3), far: false },
    { what: 'above one', ticks: minutesOf('GET /', 60), far: false },
    { what: 'judged by nothing', ticks: [{ ...paid(7), metric: 'queue-depth' }], far: false },
    { what: 'a share that must not fall, and did not', ticks: [paid(100)], far: true },
    { what: 'a share that must not fall, and fell', ticks: [paid(99.9)], far: false },
  ])('$what: stays far is $far', ({ ticks, far }) => {
    expect(isFar(only(ticks))).toBe(far);
  });

  it('has what is worst first', () => {
    const all = panelsOf([
      ...minutesOf('GET /', 3),
      ...minutesOf('POST /pay', 60),
      ...minutesOf('GET /a', 0),
    ]);
    expect(sortPanels(all).map(({ series }) => series)).toEqual(['POST /pay', 'GET /', 'GET /a']);
  });

  it('RBC-P0-1: says how long a bound has to be met where no rule called, and not where one did', () => {
    const panel = only(minutesOf('POST /pay', 60));
    expect(sayFinding(panel, [], words)).toBe(
      'Highest 6 % at 10:12:00; at or above the bound of P0 (5 %) for 8 min, which calls after 5 min at a stretch.',
    );
    expect(sayFinding(panel, ['RBC-P0-1'], words)).not.toContain('calls after');
  });

  it('draws what came near a bound; the rest is one table, with its bound and when it was measured', () => {
    const ticks = [...minutesOf('POST /pay', 60), ...minutesOf('GET /near', 4), ...minutesOf('GET /far', 1)];
    const page = writePage(sampleReport({ runbook, measured: measure(ticks) }));
    expect(page.match(/<figcaption><strong>Failed requests: [^<]*/g)).toEqual([
      '<figcaption><strong>Failed requests: POST /pay',
      '<figcaption><strong>Failed requests: GET /near',
    ]);
    expect(page.includes('Less than half of the way to any bound')).toBe(true);
    expect(page).toMatch(
      /Failed requests: GET \/far<\/th><td data-h="By">users<\/td><td data-h="Measured">10:10:00 – 10:19:00<\/td><td class="n" data-h="Lowest">0 %<\/td><td class="n" data-h="Highest">0.1 %<\/td><td class="n" data-h="Nearest bound">(hold|P3) 0.5 %/,
    );
  });
});
