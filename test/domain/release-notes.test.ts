import { describe, expect, it } from 'vitest';
import { readReleaseNotes } from '../../src/domain/release-notes.ts';

const CHANGELOG = `# Changelog

## [2.1.0] - 2025-10-01

### Features
- Faster exports: a report of 200 questions takes seconds
- Team plans

### Fixes
- Login: no second mail
- Exports hang: severity: P1

## v2.0.3

### Features
- Old
`;

describe('release notes', () => {
  it('COM-01d: takes the features and the number of fixes of the version alone', () => {
    expect(readReleaseNotes(CHANGELOG, 'v2.1.0')).toEqual({
      features: [
        { title: 'Faster exports', text: 'a report of 200 questions takes seconds' },
        { title: 'Team plans', text: null },
      ],
      fixes: 2,
      critical_fixes: 1,
    });
    expect(readReleaseNotes(CHANGELOG, 'v2.0.3')).toMatchObject({ features: [{ title: 'Old' }], fixes: 0 });
  });

  it('has nothing to say about a version without a section', () => {
    expect(readReleaseNotes(CHANGELOG, 'v2.1')).toEqual({ features: [], fixes: 0, critical_fixes: 0 });
    expect(readReleaseNotes('', 'v2.1.0')).toEqual({ features: [], fixes: 0, critical_fixes: 0 });
  });
});
