import { describe, expect, it } from 'vitest';
import { findSlot } from '../../../src/cli/preflight/find-slot.ts';
import { makeRunbook } from '../../support/policy.ts';
import { finding } from '../../support/run-events.ts';

const window = { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00', postponeHours: [24, 48] };
const failed = finding('app.health', { outcome: 'fail' });
const closed = finding('people.window-open', { outcome: 'fail' });

const slotAt = (at: string, because = [failed], over: Record<string, unknown> = { window }) => {
  const now = () => new Date(at);
  const clock = { now, monotonic: () => 0, sleep: async () => undefined };
  return findSlot({ call: 'no-go', because }, { runbook: makeRunbook(over), clock });
};

describe('where a NO-GO puts the release', () => {
  it('NG-08, DP-1c: a day ahead, with the latest start', () => {
    expect(slotAt('2026-11-24T14:45Z')).toEqual({
      said: 'Wed 25 Nov 10:00 EST, latest start 11:30 EST',
      json: {
        starts: '2026-11-25T15:00:00.000Z',
        latestStart: '2026-11-25T16:30:00.000Z',
        zone: 'America/New_York',
        isLate: false,
      },
    });
  });

  it('E-04: a NO-GO on a Thursday finds nothing in 24 to 48 hours and says so', () => {
    expect(slotAt('2026-11-26T14:45Z')?.said).toBe(
      'Tue 1 Dec 10:00 EST, latest start 11:30 EST; nothing is open within 48 h',
    );
  });

  it('E-04: without hours of its own a runbook means 24 to 48', () => {
    const own = { window: { ...window, postponeHours: undefined } };
    expect(slotAt('2026-11-26T14:45Z', [failed], own)?.json.isLate).toBe(true);
  });

  it('NG-08: a closed window alone puts nothing off: the very next opening is told', () => {
    expect(slotAt('2026-11-23T20:00Z', [closed])?.said).toContain('Tue 24 Nov 10:00 EST');
    expect(slotAt('2026-11-23T20:00Z', [closed, failed])?.said).toContain('Wed 25 Nov 10:00 EST');
  });

  it('NG-08: says when no window comes within a year', () => {
    const freezes = [{ from: '2026-01-01', to: '2030-01-01', reason: 'x' }];
    const slot = slotAt('2026-11-24T14:45Z', [failed], { window, calendar: { freezes } });
    expect(slot).toMatchObject({ said: 'none before 25 Nov 2027', json: { starts: null, isLate: true } });
  });

  it('is told after a NO-GO alone, and only where there is a window', () => {
    expect(slotAt('2026-11-24T14:45Z', [failed], {})).toBeUndefined();
    const clock = { now: () => new Date(), monotonic: () => 0, sleep: async () => undefined };
    const order = { runbook: makeRunbook({ window }), clock };
    expect(findSlot({ call: 'hold', because: [failed] }, order)).toBeUndefined();
  });
});
