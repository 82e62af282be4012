import { expect, it } from 'vitest';
import { linesToPasteOf, placesOf } from '../../src/domain/places.ts';

const place = { file: 'a.sql', line: 1, column: 2, rule: 'drop-table', level: 'error', message: 'drops a' };

it('gives the places of an evidence', () => {
  expect(placesOf({ places: [place] })).toEqual([place]);
});

it('leaves out what is no place, so that a check of the user breaks no output', () => {
  const wrong = [{ ...place, line: 'one' }, { ...place, level: 'bad' }, null, 7, {}];
  expect(placesOf({ places: [...wrong, place] })).toEqual([place]);
  expect([placesOf(undefined), placesOf(null), placesOf([]), placesOf({ places: 'x' })]).toEqual([
    [],
    [],
    [],
    [],
  ]);
});

it('gives the lines to paste, and no others', () => {
  expect(linesToPasteOf({ paste: [{ file: 'a.sql', line: '-- x' }, { file: 1 }, 'y'] })).toEqual([
    { file: 'a.sql', line: '-- x' },
  ]);
});
