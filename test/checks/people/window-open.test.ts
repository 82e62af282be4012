import { expect, it } from 'vitest';
import check from '../../../checks/people/window-open.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const runbook = makeRunbook({ window: { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00' } });
const judge = (at: string) => check.judge({ at: new Date(at) }, makePolicy({ runbook }));

it.each([
  ['2026-11-24T15:00:00Z', 'pass', 'Tuesday 10:00 EST'],
  ['2026-11-24T14:59:59Z', 'fail', 'a second before ten'],
  ['2026-11-24T16:30:00Z', 'pass', '11:30, the latest start'],
  ['2026-11-24T16:31:00Z', 'fail', 'a minute too late to end inside'],
  ['2026-11-24T19:00:00Z', 'fail', 'the end itself'],
  ['2026-11-27T15:30:00Z', 'fail', 'a Friday'],
  ['2026-07-21T14:00:00Z', 'pass', 'ten o’clock in summer time'],
  ['2026-07-21T13:59:00Z', 'fail', 'nine in summer time'],
])('PRE-25: at %s the window is judged %s (%s)', (at, outcome) => {
  expect(judge(at).outcome).toBe(outcome);
});

it('PRE-25: names the next opening', () => {
  expect(judge('2026-11-27T15:30:00Z').remedy).toContain('Tue 1 Dec 10:00 EST');
});
