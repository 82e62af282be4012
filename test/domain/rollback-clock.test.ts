import { describe, expect, it } from 'vitest';
import { makeRollbackClock } from '../../src/domain/rollback-clock.ts';
import { saySpent } from '../../src/report/clock-text.ts';

const startedAt = '2026-11-30T10:00:00.000Z';
const began = Date.parse(startedAt);
const severities = { P0: { startWithinMinutes: 5, doneWithinMinutes: 15 } };
const clockFrom = (detectedAt?: string) => {
  const clock = makeRollbackClock('P0', { detectedAt, startedAt }, severities);
  if (clock === undefined) throw new Error('P0 has a clock');
  return clock;
};

describe('the clocks of a rollback', () => {
  it('RBC-P0: count from the detection, and from its own beginning where none is on record', () => {
    expect(clockFrom('2026-11-30T09:57:00.000Z')).toMatchObject({ from: began - 180_000, isDetected: true });
    expect(clockFrom()).toMatchObject({ from: began, isDetected: false });
    expect(clockFrom(startedAt)).toMatchObject({ from: began, isDetected: true });
  });

  it('RBC-P0: never count from a detection that another clock puts behind the beginning', () => {
    const clock = clockFrom('2026-11-30T10:06:00.000Z');
    expect(clock).toMatchObject({ from: began, isDetected: false });
    expect(saySpent(clock, began + 11_000)).toBe('P0: 11 s of 15 min');
  });
});
