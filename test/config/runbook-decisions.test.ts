import { describe, expect, it } from 'vitest';
import { OWN } from '../support/own-runbook.ts';

const { decisions, severities, rules } = OWN.runbook;

describe('decision points', () => {
  type Point = '1' | '2' | '3' | '4';
  const decided = (point: Point) => {
    const { roles, outcomes, anchor, afterMinutes, required } = decisions?.[point] ?? {};
    return { roles, outcomes, at: [anchor, afterMinutes], required };
  };

  it('DP-1a, DP-1c: three roles decide GO or NO-GO, fifteen minutes before the start', () => {
    expect(decided('1')).toEqual({
      roles: ['product-owner', 'engineering-lead', 'devops-lead'],
      outcomes: ['GO', 'NO-GO'],
      at: ['T_start', -15],
    });
  });

  it('DP-2a, DP-2c: two decide CONTINUE or ROLLBACK, five minutes after it is live', () => {
    expect(decided('2')).toEqual({
      roles: ['deployment-lead', 'devops-lead'],
      outcomes: ['CONTINUE', 'ROLLBACK'],
      at: ['T_live', 5],
    });
  });

  it('DP-3a, DP-3c: two decide SUCCESS or ROLLBACK, thirty minutes after users are in (E-06)', () => {
    expect(decided('3')).toEqual({
      roles: ['deployment-lead', 'engineering-lead'],
      outcomes: ['SUCCESS', 'ROLLBACK'],
      at: ['T_open', 30],
    });
  });

  it('DP-4a, DP-4c: two decide RELEASE COMPLETE or INVESTIGATE, after two hours (E-07)', () => {
    expect(decided('4')).toEqual({
      roles: ['product-owner', 'engineering-lead'],
      outcomes: ['RELEASE COMPLETE', 'INVESTIGATE'],
      at: ['T_open', 120],
    });
  });

  it('DP-2b: looks at smoke tests and health; there is no traffic yet (E-08)', () => {
    expect(decisions?.[2]?.inputs).toEqual(['smoke test results', 'health']);
  });

  it('DP-1b: looks at the checklist, test results and the health of the environment', () => {
    expect(decisions?.[1]?.inputs).toEqual([
      'pre-deployment checklist',
      'test results',
      'environment health',
    ]);
  });

  it('DP-3b: looks at error rates, performance and what users say', () => {
    expect(decisions?.[3]?.inputs).toEqual(['error rates', 'performance', 'user feedback']);
  });

  it('DP-4b: looks at all metrics, what customers say and the number of incidents', () => {
    expect(decisions?.[4]?.inputs).toEqual([
      'all success metrics',
      'customer feedback',
      'number of incidents',
    ]);
  });
});

describe('rollback levels', () => {
  const clocks = (level: 'P0' | 'P1' | 'P2' | 'P3') => [
    severities?.[level].startWithinMinutes,
    severities?.[level].doneWithinMinutes,
  ];

  it('RBC-P0, E-21: begins within 5 minutes and ends within 15', () => {
    expect(clocks('P0')).toEqual([5, 15]);
  });

  it('RBC-P1, E-21: begins within 15 minutes and ends within 30', () => {
    expect(clocks('P1')).toEqual([15, 30]);
  });

  it('RBC-P2, E-21: is evaluated within 30 minutes and has no end', () => {
    expect(clocks('P2')).toEqual([30, undefined]);
  });

  it('RBC-P3, E-21: is watched, and no clock runs', () => {
    expect(clocks('P3')).toEqual([undefined, undefined]);
  });

  it.each([
    ['error-percent', ['RBC-P3-1', 'RBC-P2-1', 'RBC-P1-1', 'RBC-P0-1']],
    ['failed-probes', ['RBC-P0-2']],
    ['integrity-violations', ['RBC-P0-3']],
    ['payment-success-percent', ['RBC-P0-4']],
    ['p95-ratio', ['RBC-P3-2', 'RBC-P2-2', 'RBC-P1-2']],
    ['failed-critical-probes', ['RBC-P1-3']],
    ['query-p95-ms', ['RBC-P1-4']],
    ['webhook-failure-percent', ['RBC-P1-5']],
    ['complaints', ['RBC-P3-3', 'RBC-P2-4']],
  ])('bands of %s carry the rows that they answer: %j', (signal, rows) => {
    const found = rules[signal]?.bands.map((one) => one.row).filter((row) => row?.startsWith('RBC-'));
    expect(found).toEqual(rows);
  });

  it('SUC-01, SUC-07: half a percent of errors for five minutes holds the release', () => {
    expect(rules['error-percent']?.bands[1]).toMatchObject({
      level: 'hold',
      from: 0.5,
      dwellMinutes: 5,
    });
  });

  it('RBC-P0-4: payments decide nothing before 20 of them', () => {
    expect(rules['payment-success-percent']?.minSamples).toBe(20);
  });

  it('HOO-24: DevOps Lead or Engineering Manager may order one', () => {
    expect(severities?.P1.who).toBe('DevOps Lead or Engineering Manager');
  });
});
