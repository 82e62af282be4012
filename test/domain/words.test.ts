import { describe, expect, it } from 'vitest';
import { sayDuration } from '../../src/domain/duration.ts';
import { findOutOfOrder, readJournal } from '../../src/domain/journal.ts';
import { nearestRank } from '../../src/domain/percentile.ts';
import { cleanForScreen, oneLine } from '../../src/domain/screen-text.ts';
import { didYouMean, findNearest } from '../../src/domain/suggest.ts';

describe('words and numbers', () => {
  it.each([
    [180, '180 ms'],
    [9_400, '9 s'],
    [72_000, '1 min 12 s'],
    [120_000, '2 min'],
    [9_060_000, '2 h 31 min'],
  ])('says %i ms as %s', (ms, said) => {
    expect(sayDuration(ms)).toBe(said);
  });

  it('suggests the nearest word, and nothing for a far one', () => {
    expect(findNearest('depoly', ['deploy', 'drift'])).toBe('deploy');
    expect(didYouMean('prodction', ['staging', 'production'])).toBe(' Did you mean "production"?');
    expect(findNearest('xyzzy', ['deploy', 'drift'])).toBeUndefined();
  });

  it('takes the nearest rank', () => {
    expect(nearestRank([], 0.95)).toBeUndefined();
    expect(nearestRank([3, 1, 2], 0.5)).toBe(2);
    expect(
      nearestRank(
        Array.from({ length: 100 }, (_, i) => i + 1),
        0.95,
      ),
    ).toBe(95);
  });

  it.each([
    ['a colour', '\u001b[31mred\u001b[0m'],
    ['a window title', '\u001b]0;owned\u0007red'],
    ['the clipboard', '\u001b]52;c;b3duZWQ=\u0007red'],
    ['a device string', '\u001bP1$r\u001b\\red'],
    ['a carriage return', 'red\r'],
    ['a bell', 'red\u0007'],
    ['a C1 control', '\u009bred'],
  ])('T17: takes %s out of foreign text', (_name, text) => {
    expect(cleanForScreen(text).replace('�', '')).toBe('red');
  });

  it('T17: neutralises bidirectional tricks', () => {
    expect(cleanForScreen('a\u202eb')).toBe('a�b');
  });

  it('cuts to one line', () => {
    expect(oneLine('one\n two\tthree', 9)).toBe('one two …');
  });

  it('reads a Drizzle journal and finds the entries that would be skipped', () => {
    const text = JSON.stringify({
      entries: [
        { tag: '0001_a', when: 5, idx: 0 },
        { tag: '0002_b', when: 4 },
      ],
    });
    const entries = readJournal(text, 'journal');
    expect(entries).toEqual([
      { tag: '0001_a', when: 5 },
      { tag: '0002_b', when: 4 },
    ]);
    expect(findOutOfOrder(entries).map((entry) => entry.tag)).toEqual(['0002_b']);
  });

  it.each([
    '',
    '[]',
    '{"entries":{}}',
    '{"entries":[{"tag":"../../etc","when":1}]}',
    '{"entries":[{"tag":"a"}]}',
  ])('T20: refuses %s as a journal', (text) => {
    expect(() => readJournal(text, 'journal')).toThrow('not a migration journal');
  });
});
