import { describe, expect, it } from 'vitest';
import { sayDowntime } from '../../../src/report/messages/downtime.ts';
import { saySpent } from '../../../src/report/messages/times.ts';
import { makeDeployPlan, makeMoment, makeTalkativeRunbook } from '../../support/announcing.ts';

const plan = makeDeployPlan(makeTalkativeRunbook());

/** A release that kept users out for so long. */
const outFor = (ms: number) => {
  const on = Date.parse('2025-10-01T14:01:00Z');
  const facts = {
    'maintenance-on': { at: new Date(on).toISOString() },
    'maintenance-off': { at: new Date(on + ms).toISOString() },
  };
  return sayDowntime(makeMoment(plan, 'progress', 9, { facts }), 'America/New_York');
};

describe('a time that was spent', () => {
  it.each([
    [0, '1 s'],
    [300, '1 s'],
    [14_200, '14 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [3_600_000, '1 h'],
    [9_030_000, '2 h 31 min'],
  ])('%i ms are told as %s, and never as nothing', (ms, said) => {
    expect(saySpent(ms)).toBe(said);
  });

  it('E-98: users who were kept out for 14 s were kept out', () => {
    expect(outFor(14_200)).toBe('14 s of maintenance mode');
    expect(outFor(480_000)).toBe('8 min of maintenance mode');
  });
});
