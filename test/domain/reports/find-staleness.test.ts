import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findStaleness } from '../../../src/domain/reports/find-staleness.ts';

const AT = Date.parse('2026-11-24T12:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const candidate = { commit: 'a'.repeat(40), at: iso(AT) };
const now = new Date(AT + 3_600_000);
const other = 'b'.repeat(40);

describe('a report is about the candidate', () => {
  it('PRE-08: when it names its commit, whatever its time', () => {
    expect(findStaleness({ at: iso(0), commit: candidate.commit }, candidate, false, now)).toBeUndefined();
  });

  it('E-39: when its commit holds the same files, and not when it holds others', () => {
    const about = { at: iso(AT + 1), commit: other };
    expect(findStaleness(about, candidate, true, now)).toBeUndefined();
    expect(findStaleness(about, candidate, false, now)).toBe(
      'it is about bbbbbbb, and the candidate is aaaaaaa',
    );
  });

  it('PRE-08: when it names none, only from the moment of the candidate on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 3_000_000 }), (offset) => {
        const stale = findStaleness({ at: iso(AT + offset) }, candidate, false, now);
        expect(stale === undefined).toBe(offset >= 0);
      }),
    );
  });

  it('PRE-08: never when its time has not come yet, but for clocks that differ a little', () => {
    const judged = (ms: number) => findStaleness({ at: iso(now.getTime() + ms) }, candidate, false, now);
    expect(judged(300_000)).toBeUndefined();
    expect(judged(300_001)).toContain('has not come yet');
  });

  it('PRE-13: while it is not older than its kind may be', () => {
    const about = { at: iso(AT), commit: candidate.commit };
    const judged = (ms: number) => findStaleness(about, candidate, false, new Date(AT + ms), 168);
    expect(judged(168 * 3_600_000)).toBeUndefined();
    expect(judged(168 * 3_600_000 + 1)).toContain('more than 168 hours ago');
  });
});
