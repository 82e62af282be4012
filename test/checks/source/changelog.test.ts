import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/changelog.check.ts';
import { pullsIn } from '../../../src/domain/prepare/list-changes.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40), from: 'v2.0.3' };
const CHANGELOG = `# Changelog

## [2.1.0] - 2026-11-20

### Features
- Export: pdf of an assessment (#42)

## [2.0.3] - 2026-10-01
- An older fix (#7)
`;
const judge = (text: string | undefined, subjects: readonly string[] = []) =>
  check.judge({ file: 'CHANGELOG.md', text, subjects: [...subjects] }, makePolicy({ release }));

describe('a section of the changelog', () => {
  it.each([
    ['is there', CHANGELOG, 'pass'],
    ['has no line', '## [2.1.0]\n\n### Features\n\n## [2.0.3]\n- x\n', 'fail'],
    ['is of another version alone', '## [2.0.3]\n- x\n', 'fail'],
    ['has no file to be in', undefined, 'fail'],
  ])('HOP-02: that %s is judged', (_, text, outcome) => {
    expect(judge(text).outcome).toBe(outcome);
  });

  it('HOP-02: must name every pull request that was merged since the last release', () => {
    expect(judge(CHANGELOG, ['feat: export (#42)']).outcome).toBe('pass');
    const missing = judge(CHANGELOG, [
      'feat: export (#42)',
      'fix: login (#44)',
      'Merge pull request #43 from a/b',
    ]);
    expect(missing).toMatchObject({ outcome: 'fail', said: 'CHANGELOG.md does not name #43, #44' });
  });

  it('HOP-02: is not satisfied by the number in the section of an older version', () => {
    expect(judge(CHANGELOG, ['fix: again (#7)']).outcome).toBe('fail');
  });
});

it('reads pull requests out of subjects, and no other number', () => {
  expect(pullsIn('feat: 3 columns #1 (#42)')).toEqual([42]);
  expect(pullsIn('Merge pull request #43 from a/b')).toEqual([43]);
});

it('looks at the commits since the live tag', async () => {
  const asked: unknown[] = [];
  const services = onlyThese({
    git: {
      readFile: async () => CHANGELOG,
      tag: async () => ({ commit: 'a'.repeat(40) }) as never,
      commitsBetween: async (...range) => {
        asked.push(range);
        return [{ sha: 'c', subject: 'fix: login (#44)', author: 'A', at: '' }];
      },
    },
  });
  const found = await check.probe(services, makePolicy({ release }));
  expect(asked).toEqual([['a'.repeat(40), 'b'.repeat(40)]]);
  expect(check.judge(found, makePolicy({ release })).outcome).toBe('fail');
});
