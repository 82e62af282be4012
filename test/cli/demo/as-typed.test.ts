import { describe, expect, it } from 'vitest';
import { asTyped } from '../../../src/cli/demo/as-typed.ts';

describe('a line that the demo names', () => {
  it.each([
    ['release demo', 'npm run demo'],
    ['release demo up', 'npm run demo -- up'],
    ['release deploy v2.1.0 --config a.yaml', 'npm run release -- deploy v2.1.0 --config a.yaml'],
    ['git fetch', 'git fetch'],
  ])('is typed behind npm as the program was: %s', (line, typed) => {
    for (const script of ['demo', 'release'])
      expect(asTyped(line, { npm_lifecycle_event: script })).toBe(typed);
  });

  it('stays as it is where the program has a name of its own', () => {
    expect(asTyped('release demo up', {})).toBe('release demo up');
    expect(asTyped('release demo up', { npm_lifecycle_event: 'test' })).toBe('release demo up');
  });
});
