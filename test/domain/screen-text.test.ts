import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneLine, withoutStop } from '../../src/domain/screen-text.ts';

it('a line that is cut ends in a mark and never in half a letter', () => {
  expect(oneLine('ab😀cd', 4)).toBe('ab…');
  expect(oneLine('ab😀cd', 5)).toBe('ab😀…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
      const line = oneLine(text, max);
      expect(line.length).toBeLessThanOrEqual(max);
      expect(line).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }),
  );
});

it('what others say goes into a sentence of ours without its own end', () => {
  expect(withoutStop('It was refused.')).toBe('It was refused');
  expect(withoutStop('It was refused')).toBe('It was refused');
  expect(withoutStop('Please wait...')).toBe('Please wait');
});
