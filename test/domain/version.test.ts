import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReleases, isCandidate, parseReleaseVersion, readVersion } from '../../src/domain/version.ts';

describe('versions', () => {
  it.each(['v2.1.0', '2.1.0', 'v2.1.0-rc.2'])('reads %s', (text) => {
    expect(parseReleaseVersion(text)).toBe(`v${text.replace(/^v/, '')}`);
  });

  it.each([
    '2.1',
    'v2',
    'latest',
    '',
    '-v2.1.0',
    'v2.1.0;id',
    'v2.1.0 --force',
    'v2.1.0-beta',
    'v02.1.0',
    `v${'9'.repeat(70)}.0.0`,
  ])('T08: refuses %j', (text) => {
    expect(readVersion(text)).toBeUndefined();
  });

  it('T08: whatever is read is plain enough for a ref name', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const version = readVersion(text);
        if (version !== undefined) expect(version).toMatch(/^v\d+\.\d+\.\d+(-rc\.\d+)?$/);
      }),
    );
  });

  it('E-33: orders by meaning, candidates before their release', () => {
    const sorted = ['v2.1.0', 'v2.1.0-rc.2', 'v2.10.0', 'v2.9.0', 'v2.1.0-rc.10'].sort(compareReleases);
    expect(sorted).toEqual(['v2.1.0-rc.2', 'v2.1.0-rc.10', 'v2.1.0', 'v2.9.0', 'v2.10.0']);
    expect(sorted.filter(isCandidate)).toHaveLength(2);
  });

  it('says what is wrong and how to write it', () => {
    expect(() => parseReleaseVersion('2.1')).toThrow(
      '"2.1" is not a full version. Write three numbers, like v2.1.0.',
    );
  });
});
