import { expect, it } from 'vitest';
import { findDue } from '../../../src/domain/prepare/find-due.ts';

const row = (label: string, from: string, to = from) => ({ label, from, to, work: `work of ${label}` });
const ROWS = [
  row('T-1', '2026-12-07'),
  row('T-0', '2026-12-08'),
  row('T+2…T+3', '2026-12-10', '2026-12-11'),
  row('T+3…T+5', '2026-12-11', '2026-12-15'),
];
const labelsOn = (today: string) => findDue(ROWS, today).map((due) => [due.row.label, due.isNow]);

it('PRE-33: names the work of the day, of both rows where two meet', () => {
  expect(labelsOn('2026-12-08')).toEqual([['T-0', true]]);
  expect(labelsOn('2026-12-11')).toEqual([
    ['T+2…T+3', true],
    ['T+3…T+5', true],
  ]);
});

it('PRE-33: between two days of work names the next; over a weekend the row goes on', () => {
  expect(labelsOn('2026-12-05')).toEqual([['T-1', false]]);
  expect(labelsOn('2026-12-13')).toEqual([['T+3…T+5', true]]);
});

it('PRE-33: has nothing to say when the plan is over', () => {
  expect(labelsOn('2026-12-16')).toEqual([]);
});
