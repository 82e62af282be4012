import { describe, expect, it } from 'vitest';
import { dueAt } from '../../../src/domain/tasks/due-at.ts';
import { TASK_LISTS } from '../../../src/domain/tasks/task-lists.ts';

const ZONE = 'America/New_York';
const calendar = {
  businessDays: [1, 2, 3, 4, 5],
  holidays: [{ date: '2025-10-13', name: 'Columbus Day', everyYear: false }],
  freezes: [],
};
/** 16:00 in New York, on a Friday before a long weekend. */
const FRIDAY = Date.UTC(2025, 9, 10, 20);
const due = (within: Parameters<typeof dueAt>[0], anchor = FRIDAY): string =>
  new Date(dueAt(within, anchor, calendar, ZONE)).toISOString();

describe('when a task is due', () => {
  it('PIR-24: 48 hours that end on a weekend or a holiday end on the next business day, at the same time there', () => {
    expect(due({ hours: 48, onBusinessDay: true })).toBe('2025-10-14T20:00:00.000Z');
    expect(due({ hours: 48, onBusinessDay: true }, Date.UTC(2025, 9, 1, 14, 35))).toBe(
      '2025-10-03T14:35:00.000Z',
    );
  });

  it('hours that wait for nobody are hours', () => {
    expect(due({ hours: 2 })).toBe('2025-10-10T22:00:00.000Z');
    expect(due({ hours: 24 })).toBe('2025-10-11T20:00:00.000Z');
  });

  it('keeps the time of day when the clocks change in between', () => {
    expect(due({ hours: 168, onBusinessDay: true }, Date.UTC(2025, 9, 31, 20))).toBe(
      '2025-11-07T20:00:00.000Z',
    );
    // A Saturday an hour after midnight; on the Monday after it the clock is another.
    expect(due({ hours: 24, onBusinessDay: true }, Date.UTC(2025, 9, 31, 14))).toBe(
      '2025-11-03T15:00:00.000Z',
    );
  });

  it('business days end at midnight, and the first of them is the one after', () => {
    expect(due({ businessDays: 1 })).toBe('2025-10-15T04:00:00.000Z');
    expect(due({ businessDays: 3 }, Date.UTC(2025, 9, 1, 14))).toBe('2025-10-07T04:00:00.000Z');
  });
});

describe.each(TASK_LISTS)('the list $name', ({ tasks }) => {
  it('names each row once, and says of each what shows that it is done', () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    for (const { id, what, closedBy, roles } of tasks) {
      expect(id).toMatch(/^[a-z]+-\d{2}$/);
      expect([what, closedBy, roles[0]].every((text) => (text ?? '').length > 2)).toBe(true);
    }
  });
});

it('PIR-01 to PIR-30: every row of the time after a rollback is in its list', () => {
  const list = TASK_LISTS.find(({ name }) => name === 'after-rollback');
  const rows = Array.from({ length: 30 }, (_, i) => `pir-${String(i + 1).padStart(2, '0')}`);
  expect(list?.tasks.map(({ id }) => id)).toEqual(rows);
});
