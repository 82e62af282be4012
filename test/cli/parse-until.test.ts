import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_DAYS, parseUntil, parseWaivedUntil } from '../../src/cli/parse-until.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import { parseDuration } from '../../src/domain/parse-duration.ts';

const ZONE = 'America/New_York';
const NOW = new Date('2025-10-01T14:00:00Z');
const read = (typed: string) => parseWaivedUntil(typed, ZONE, NOW);

describe('--until', () => {
  it.each([
    ['2025-10-01', '2025-10-02T03:59:59.999Z'],
    ['2025-10-15', '2025-10-16T03:59:59.999Z'],
    [' 2025-10-15 ', '2025-10-16T03:59:59.999Z'],
    ['2025-10-15T12:00Z', '2025-10-15T12:00:00.000Z'],
    ['2025-10-15T12:00', '2025-10-15T16:00:00.000Z'],
    ['2025-10-15T12:00:30+02:00', '2025-10-15T10:00:30.000Z'],
    ['2025-10-31', '2025-11-01T03:59:59.999Z'],
  ])('%s stands until %s: a day is all of that day in the zone of the runbook', (typed, until) => {
    expect(read(typed)).toBe(until);
  });

  it('ends with all of its day on the day on which the clocks change', () => {
    const now = new Date('2025-10-20T14:00:00Z');
    expect(parseUntil('2025-11-02', ZONE, now)).toBe('2025-11-03T04:59:59.999Z');
  });

  it.each(['2025-09-30', '2025-10-01T13:59Z', '2025-10-01T14:00:00Z', '2025-11-01', '2026-10-01'])(
    'is refused when it has passed, or is more than a month ahead: %s',
    (typed) => {
      expect(() => read(typed)).toThrow(expect.objectContaining({ code: 'E_UNTIL' }));
    },
  );

  it.each([
    '',
    'tomorrow',
    '2025-13-01',
    '2025-02-30',
    '15.10.2025',
    '2025-10-15T25:00Z',
    '2025',
    '2025-W42-1',
  ])('is refused when it is no date: "%s"', (typed) => {
    expect(() => read(typed)).toThrow(expect.objectContaining({ code: 'E_UNTIL' }));
  });

  it('may lie further ahead where no waiver is meant, and never behind', () => {
    expect(parseUntil('2026-10-01', ZONE, NOW)).toBe('2026-10-02T03:59:59.999Z');
    for (const typed of ['2025-09-30', 'tomorrow'])
      expect(() => parseUntil(typed, ZONE, NOW)).toThrow(expect.objectContaining({ code: 'E_UNTIL' }));
  });

  it('never stands for longer than its limit, whatever is typed', () => {
    const last = NOW.getTime() + (MOST_DAYS + 1) * 86_400_000 + 3_600_000;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
        ),
        (typed) => {
          try {
            const until = Date.parse(read(typed));
            expect(until).toBeGreaterThan(NOW.getTime());
            expect(until).toBeLessThanOrEqual(last);
          } catch (error) {
            if (!(error instanceof ReleaseError)) throw error;
            expect(error.code).toBe('E_UNTIL');
          }
        },
      ),
    );
  });
});

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['60m', 3_600_000],
    ['60 min', 3_600_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0m', undefined],
    ['-5m', undefined],
    ['60', undefined],
    ['1.5h', undefined],
    ['m', undefined],
    ['', undefined],
    ['9999999d', undefined],
  ])('"%s" is %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
