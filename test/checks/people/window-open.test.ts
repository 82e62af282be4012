import { expect, it } from 'vitest';
import check from '../../../checks/people/window-open.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const window = { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00' };
const calendar = {
  holidays: [{ date: '2026-11-26', name: 'Thanksgiving' }],
  freezes: [{ from: '2026-12-18', to: '2027-01-03', reason: 'year-end closing' }],
};
const runbook = makeRunbook({ window, calendar });
const judge = (at: string, given = runbook) =>
  check.judge({ at: new Date(at) }, makePolicy({ runbook: given }));

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

it('PRE-25, E-05: an open window names its latest start, and what time it is there', () => {
  expect(judge('2026-11-24T15:00Z').said).toBe(
    'open, latest start 11:30 EST. The window for production is Tue–Thu 10:00–14:00 EST; it is Tue 24 Nov 10:00 EST',
  );
});

it.each([
  [
    '2026-11-27T15:30:00Z',
    'the window for production is Tue–Thu 10:00–14:00 EST; it is Fri 27 Nov 10:30 EST',
    'Next window: Tue 1 Dec 10:00 EST, latest start 11:30 EST.',
  ],
  [
    '2026-11-24T17:00:00Z',
    'the latest start was 11:30 EST: a release needs 150 min before 14:00 EST.',
    'Next window: Wed 25 Nov 10:00 EST',
  ],
  ['2026-11-26T15:30:00Z', 'closed for Thanksgiving.', 'Next window: Tue 1 Dec 10:00 EST'],
  [
    '2026-12-22T15:30:00Z',
    'frozen until Mon 4 Jan 00:00 EST: year-end closing.',
    'Next window: Tue 5 Jan 10:00 EST',
  ],
])('PRE-25, E-04: at %s it says why it is closed, and when it opens', (at, said, remedy) => {
  const judged = judge(at);
  expect(judged.said).toContain(said);
  expect(judged.remedy).toContain(remedy);
  expect(judged.remedy).toContain('Emergency: --waive window --reason "…"');
});

it('PRE-25: before it opens the same day the answer is HOLD, because nothing has to be put off', () => {
  expect(judge('2026-11-24T14:00:00Z').holds).toBe(true);
  expect(judge('2026-11-24T17:00:00Z').holds).toBeUndefined();
  expect(judge('2026-11-23T14:00:00Z').holds).toBeUndefined();
});

it('PRE-25: a waiver for one freeze or holiday is bound to that one, and to the minute to none', () => {
  const abouts = ['2026-11-27T15:30Z', '2026-11-27T15:31Z', '2026-11-26T15:30Z', '2026-12-22T15:30Z'].map(
    (at) => judge(at).about,
  );
  expect(abouts[0]).toEqual(abouts[1]);
  expect(new Set(abouts.map((about) => JSON.stringify(about))).size).toBe(3);
});

it('PRE-25: says that no window comes within a year', () => {
  const frozen = [{ from: '2026-01-01', to: '2029-01-01', reason: 'migration' }];
  const judged = judge('2026-11-24T15:00Z', makeRunbook({ window, calendar: { freezes: frozen } }));
  expect(judged.remedy).toContain('Next window: none before 25 Nov 2027.');
});

it('does not concern a runbook without a window', () => {
  expect(check.absent?.(makePolicy())).toBe('no window is configured');
});
