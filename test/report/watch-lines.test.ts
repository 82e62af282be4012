import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/watch/change.ts';
import { sayChangeReading } from '../../src/report/watch-lines.ts';

const at = '2025-10-01T14:30:00.000Z';
const quiet: Change = {
  ...{
    at,
    severity: 'hold',
    rule: 'error-percent',
    row: null,
    knowledge: 'thin',
    series: null,
    source: null,
  },
  ...{ onset_at: null, fired_at: null, for_s: null, value: null, n: null, k: null, lower: null, upper: null },
};
const called: Change = {
  ...{ ...quiet, severity: 'P0', row: 'RBC-P0-1', series: 'POST /pay', onset_at: at, fired_at: at },
  ...{ value: 100, k: 24, n: 24, lower: 88.3, upper: 100 },
};

describe('what was read of a change', () => {
  it.each([
    ['thin', 'too few samples to say'],
    ['unknown', 'not measured'],
  ] as const)('without a band that fired: %s', (knowledge, said) => {
    expect(sayChangeReading({ ...quiet, knowledge })).toBe(said);
  });

  it.each(['measured', 'thin', 'unknown'] as const)(
    'RBC-P0-1: of a band that fired is what it fired at, whatever came of its source: %s',
    (knowledge) => {
      expect(sayChangeReading({ ...called, knowledge })).toBe('24 of 24, surely above 88.3 %');
      const endless = { ...called, knowledge, value: null, k: null, n: null };
      expect(sayChangeReading(endless)).toBe('too many tries had no answer');
    },
  );
});
