import { expect, it } from 'vitest';
import check from '../../../checks/people/runbook-reviewed.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const document = { version: '2.0', updated: '2025-10-01', nextReview: '2026-01-01', owner: 'devops-lead' };
const judge = (at: string) =>
  check.judge({ at: new Date(at) }, makePolicy({ runbook: makeRunbook({ document }) }));

it.each([
  ['2025-11-24T15:00Z', 'pass', 'next review on 2026-01-01'],
  ['2026-01-02T04:59Z', 'pass', 'next review on 2026-01-01'],
  ['2026-01-02T05:00Z', 'warn', 'the review of 2026-01-01 is overdue by 1 day'],
  ['2026-11-25T15:00Z', 'warn', 'the review of 2026-01-01 is overdue by 328 days'],
])('DOC-04: at %s the review is judged %s by the calendar of the runbook', (at, outcome, said) => {
  expect(judge(at)).toMatchObject({ outcome, said });
});

it('DOC-03, DOC-04, E-114: an overdue review warns, names the role that reviews, and stops nobody', () => {
  expect(check.weight).toBe('advisory');
  expect(judge('2026-11-25T15:00Z').remedy).toContain('Let devops-lead review it');
});

it('does not concern a runbook without a document', () => {
  expect(check.absent?.(makePolicy())).toBe('no document is configured');
});
