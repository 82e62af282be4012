import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../src/domain/line-diff.ts';

const say = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ sign, text }) => `${sign}${text}`);

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

describe('a comparison by lines', () => {
  it('keeps what both have, and tells the rest in its place', () => {
    expect(say('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(say('', 'a\n')).toEqual(['+a']);
    expect(say('a', 'a\n')).toEqual([' a']);
  });

  it('leads from the one to the other, whatever they are', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a.join('\n'), b.join('\n'));
        expect(diff.filter(({ sign }) => sign !== '+').map(({ text }) => text)).toEqual(a);
        expect(diff.filter(({ sign }) => sign !== '-').map(({ text }) => text)).toEqual(b);
      }),
    );
  });

  it('does not compare what is too long to be compared', () => {
    const long = Array(2001).fill('a').join('\n');
    expect(diffLines(long, long).filter(({ sign }) => sign === ' ')).toEqual([]);
  });
});
