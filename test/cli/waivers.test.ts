import { expect, it } from 'vitest';
import { makeWaivers } from '../../src/cli/waivers.ts';

const IDS = ['app.health', 'people.window-open', 'people.roles-staffed'];
const waive = (...globs: string[]) =>
  makeWaivers({ globs: globs, reason: 'the fix cannot wait', by: 'Sam Example' }, IDS).map(
    (one) => one.check,
  );

it('PRE-25: --waive window means the check of the window, whose id may be typed as well', () => {
  expect(waive('window')).toEqual(['people.window-open']);
  expect(waive('people.window-open')).toEqual(['people.window-open']);
});

it('keeps a name that matches nothing, so that it is refused by name', () => {
  expect(waive('windows')).toEqual(['windows']);
});

it('names every check of a pattern, the person and the reason', () => {
  const [first] = makeWaivers({ globs: ['people.*'], reason: 'the fix cannot wait', by: 'Sam Example' }, IDS);
  expect(first).toEqual({ check: 'people.window-open', by: 'Sam Example', reason: 'the fix cannot wait' });
  expect(waive('people.*')).toHaveLength(2);
});

it('PRE-25: a window is not waived without a reason', () => {
  expect(() => makeWaivers({ globs: ['window'], reason: ' ', by: 'Sam Example' }, IDS)).toThrow(
    '--waive window needs a reason',
  );
});
