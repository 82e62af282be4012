import { expect, it } from 'vitest';
import { insertSection } from '../../../src/domain/prepare/insert-section.ts';

const SECTION = '## [2.2.0] - 2026-12-08\n\n### Fixes\n\n- a (1234567)';

it('PRE-05: puts a section above the newest one and leaves the rest as it is', () => {
  const before = '# Changelog\n\nWords.\n\n## [2.1.0] - 2026-11-01\n\n- old\n';
  expect(insertSection(before, SECTION)).toBe(
    `# Changelog\n\nWords.\n\n${SECTION}\n\n## [2.1.0] - 2026-11-01\n\n- old\n`,
  );
});

it('PRE-05: begins a changelog where there is none', () => {
  expect(insertSection(undefined, SECTION)).toBe(
    `# Changelog\n\nWhat changed, newest first.\n\n${SECTION}\n`,
  );
  expect(insertSection('# Our changes\n', SECTION)).toBe(`# Our changes\n\n${SECTION}\n`);
});

it('PRE-05: what people gathered under Unreleased comes first, and the heading stays for the next time', () => {
  const before = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- by hand\n\n## [2.1.0]\n\n- old\n';
  expect(insertSection(before, SECTION)).toBe(
    '# Changelog\n\n## [Unreleased]\n\n## [2.2.0] - 2026-12-08\n\n### Added\n\n- by hand\n\n### Fixes\n\n- a (1234567)\n\n## [2.1.0]\n\n- old\n',
  );
  expect(insertSection('# C\n\n## Unreleased\n', SECTION)).toBe(`# C\n\n## Unreleased\n\n${SECTION}\n`);
});

it('keeps the line ends of the file', () => {
  const made = insertSection('# C\r\n\r\n## [2.1.0]\r\n', SECTION);
  expect(made.replaceAll('\r\n', '')).not.toContain('\n');
});
