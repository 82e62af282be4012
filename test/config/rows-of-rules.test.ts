import { describe, expect, it } from 'vitest';
import type { Level, Phase } from '../../src/domain/watch/rule.ts';
import { book, levelAfter, ruleOf, runbook } from '../support/rule-level.ts';

type Case = readonly [reading: number, minutes: number, phase: Phase, level: Level];

/** What the rule of the runbook makes of a steady reading for so many minutes. */
function says(id: string, ...cases: readonly Case[]): void {
  for (const [reading, minutes, phase, level] of cases)
    expect(
      levelAfter(ruleOf(id), reading, minutes * 60, phase),
      `${reading} for ${minutes} min, ${phase}`,
    ).toBe(level);
}

describe('failed requests', () => {
  it('MON-01, SUC-01: half a percent for five of the critical minutes is HOLD', () => {
    says(
      'error-percent',
      [0.49, 60, 'critical', 'ok'],
      [0.5, 4, 'critical', 'ok'],
      [0.5, 5, 'critical', 'hold'],
    );
  });

  it('MON-11, EXT-01: later one percent is HOLD, and less is none', () => {
    says('error-percent', [0.99, 60, 'later', 'P3'], [1, 4, 'later', 'ok'], [1, 5, 'later', 'hold']);
  });

  it('RBC-P3, RBC-P3-1: below one percent they are noted, nobody is called and no clock runs', () => {
    says('error-percent', [0.5, 5, 'later', 'P3'], [0.99, 120, 'later', 'P3'], [0.49, 120, 'later', 'ok']);
    expect(runbook.severities?.P3).not.toHaveProperty('startWithinMinutes');
    expect(runbook.severities?.P3).not.toHaveProperty('doneWithinMinutes');
  });

  it('RBC-P2, RBC-P2-1: one percent for fifteen minutes is P2, to be evaluated within thirty', () => {
    says('error-percent', [1, 14, 'later', 'hold'], [1, 15, 'later', 'P2'], [1.99, 60, 'later', 'P2']);
    expect(runbook.severities?.P2).toMatchObject({ startWithinMinutes: 30 });
  });

  it('RBC-P1, RBC-P1-1: two percent for ten minutes are P1, to be begun within fifteen', () => {
    says('error-percent', [2, 9, 'later', 'hold'], [2, 10, 'later', 'P1'], [4.99, 60, 'later', 'P1']);
    expect(runbook.severities?.P1).toMatchObject({ startWithinMinutes: 15, doneWithinMinutes: 30 });
  });

  it('RBC-P0, RBC-P0-1: five percent for five minutes are P0, to be begun within five', () => {
    says('error-percent', [5, 4, 'critical', 'ok'], [5, 5, 'critical', 'P0'], [5, 5, 'later', 'P0']);
    expect(runbook.severities?.P0).toMatchObject({ startWithinMinutes: 5, doneWithinMinutes: 15 });
  });
});

describe('times', () => {
  it('MON-02: an endpoint over its own P95 for five minutes is HOLD', () => {
    says('endpoint-p95', [0.99, 60, 'critical', 'ok'], [1, 4, 'critical', 'ok'], [1, 5, 'critical', 'hold']);
  });

  it('SUC-02: a P95 of 200 ms or a P99 of 500 ms over all of them is HOLD', () => {
    says('p95-ms', [199.9, 60, 'later', 'ok'], [200, 5, 'later', 'hold'], [200, 5, 'critical', 'hold']);
    says('p99-ms', [499.9, 60, 'critical', 'ok'], [500, 5, 'critical', 'hold']);
  });

  it('MON-12, EXT-03: later a tenth over the baseline is HOLD', () => {
    says('p95-ratio', [1.09, 60, 'later', 'ok'], [1.1, 5, 'later', 'hold']);
  });

  it('RBC-P3-2: less than twice the baseline is noted in the critical minutes', () => {
    says('p95-ratio', [1.5, 25, 'critical', 'P3'], [1.99, 29, 'critical', 'P3']);
  });

  it('RBC-P2-2: twice the baseline for fifteen minutes is P2', () => {
    says('p95-ratio', [1.99, 60, 'later', 'hold'], [2, 14, 'critical', 'hold'], [2, 15, 'critical', 'P2']);
  });

  it('RBC-P1-2: three times the baseline for ten minutes is P1', () => {
    says('p95-ratio', [2.99, 60, 'critical', 'P2'], [3, 9, 'critical', 'hold'], [3, 10, 'critical', 'P1']);
  });
});

describe('features', () => {
  it('SUC-03, MON-14: one probe that fails is HOLD', () => {
    says('failed-probes', [0, 60, 'critical', 'ok'], [1, 0, 'critical', 'hold']);
  });

  it('RBC-P0-2: nothing reached for two minutes is P0', () => {
    says('failed-probes', [8, 1, 'later', 'hold'], [8, 2, 'later', 'P0']);
  });

  it('MON-05: one failed try of a critical feature is HOLD for as long as it is the last', () => {
    says('failed-critical-probes', [0, 60, 'critical', 'ok'], [1, 60, 'critical', 'hold']);
  });

  it('RBC-P1-3: the second in a row is P1 at once', () => {
    says('failed-critical-probes', [2, 0, 'critical', 'P1']);
    says('login-failure-percent', [100, 0, 'later', 'P1']);
  });

  it('MON-08: an assessment that the scenario cannot create is HOLD, and P1 the second time', () => {
    says('failed-critical-probes', [1, 10, 'later', 'hold'], [2, 0, 'later', 'P1']);
    expect(runbook.measurements.scenario).toMatchObject({ source: 'scenario', everySeconds: 240 });
    expect(book.critical).toContain('POST /api/assessments');
  });

  it('MON-09, RBC-P2-3: an export that fails is HOLD, and P2 the second time', () => {
    says('failed-features', [0, 60, 'later', 'ok'], [1, 10, 'later', 'hold'], [2, 0, 'later', 'P2']);
    expect(book.critical).not.toContain('POST /api/assessments/:id/export');
  });

  it('SUC-06, E-19: a thousandth of the logins for five minutes is HOLD', () => {
    says('login-failure-percent', [0.099, 60, 'critical', 'ok'], [0.1, 5, 'critical', 'hold']);
  });

  it('EXT-02: an error in the logs is HOLD', () => {
    says('log-errors', [0, 60, 'later', 'ok'], [1, 0, 'later', 'hold']);
  });

  it('MON-06: a warning in the logs is noted', () => {
    says('log-warnings', [1, 0, 'later', 'P3']);
  });

  it('MON-07: jobs that are five minutes behind are HOLD', () => {
    says('job-lag-seconds', [299, 60, 'later', 'ok'], [300, 5, 'later', 'hold']);
  });
});

describe('data and database', () => {
  it('EXT-05, RBC-P0-3: one integrity query that does not hold is P0 at once', () => {
    says('integrity-violations', [0, 60, 'later', 'ok'], [1, 0, 'later', 'P0'], [1, 0, 'critical', 'P0']);
  });

  it('SUC-04, MON-10, V24-05: queries with a P95 of 100 ms are HOLD, and after fifteen minutes P2', () => {
    says('query-p95-ms', [99, 60, 'later', 'ok'], [100, 5, 'later', 'hold'], [100, 15, 'later', 'P2']);
  });

  it('RBC-P1-4: queries of 500 ms, statements that were cut off and a full pool are P1', () => {
    says('query-p95-ms', [499, 60, 'later', 'P2'], [500, 5, 'later', 'P1']);
    says('statement-timeouts', [1, 4, 'later', 'hold'], [1, 5, 'later', 'P1']);
    says('pool-percent', [99, 60, 'later', 'P2'], [100, 0, 'later', 'P1']);
  });

  it('MON-04: four fifths of the connections are HOLD, and after fifteen minutes P2', () => {
    says('pool-percent', [79.9, 60, 'later', 'ok'], [80, 5, 'later', 'hold'], [80, 15, 'later', 'P2']);
  });
});

describe('payments', () => {
  it('MON-03, SUC-05, V24-04: one payment that we lost is HOLD', () => {
    says(
      'payment-success-percent',
      [100, 0, 'later', 'ok'],
      [99.9, 0, 'later', 'hold'],
      [98, 0, 'later', 'hold'],
    );
  });

  it('E-17: below 98 % is P2, and below 95 % P1', () => {
    says(
      'payment-success-percent',
      [97.9, 0, 'later', 'P2'],
      [95, 0, 'later', 'P2'],
      [94.9, 0, 'later', 'P1'],
    );
  });

  it('RBC-P0-4: below 90 % is P0', () => {
    says('payment-success-percent', [90, 0, 'later', 'P1'], [89.9, 0, 'later', 'P0']);
  });

  it('RBC-P1-5, E-18: two of a hundred deliveries are P2, ten are P1', () => {
    says('webhook-failure-percent', [0, 60, 'later', 'ok'], [2, 0, 'later', 'P2'], [10, 0, 'later', 'P1']);
  });
});

describe('what people report', () => {
  it('RBC-P3-3: fewer than three complaints are noted, whatever the time', () => {
    says('complaints', [0, 60, 'later', 'ok'], [2, 60, 'later', 'P3'], [2, 60, 'critical', 'P3']);
  });

  it('EXT-04, E-20: five are HOLD', () => {
    says('complaints', [4, 60, 'later', 'P3'], [5, 0, 'later', 'hold'], [10, 60, 'later', 'hold']);
  });

  it('RBC-P2-4, E-20: more than ten are P2', () => {
    says('complaints', [11, 0, 'later', 'P2']);
  });

  it('RBC-P2-3, RBC-P2-5, E-118: what a person declares as P2 is P2, an impaired feature and a sync issue alike', () => {
    says('declared', [0, 60, 'later', 'ok'], [1, 0, 'later', 'P2']);
  });

  it('RBC-P0-5, RBC-P0-6, E-118: what a person declares as P0 is P0 at once', () => {
    says('declared', [3, 0, 'critical', 'P0'], [3, 0, 'later', 'P0']);
  });
});
