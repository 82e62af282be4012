import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { makePlaces } from '../../src/domain/sql-place.ts';

const placeOf = (before: string) => {
  const lines = before.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
};

it('counts columns in characters, whatever bytes they have', () => {
  const text = 'é😀\n\tx';
  const at = (before: string) => makePlaces(text)(Buffer.byteLength(before));
  expect([at(''), at('é'), at('é😀'), at('é😀\n\t')]).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 2 },
  ]);
});

it('names the character after any text before it', () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\r\n', '\t', 'é', '😀', '–'),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), (before, after) => {
      const head = before.join('');
      expect(makePlaces(`${head}x${after.join('')}`)(Buffer.byteLength(head))).toEqual(placeOf(head));
    }),
  );
});

it('stays inside of the text', () => {
  expect([makePlaces('a\nb')(99), makePlaces('')(-1)]).toEqual([
    { line: 2, column: 2 },
    { line: 1, column: 1 },
  ]);
});
