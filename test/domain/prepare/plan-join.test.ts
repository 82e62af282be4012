import { describe, expect, it } from 'vitest';
import type { HistoryCommit } from '../../../src/domain/prepare/commit.ts';
import { findLostMerges } from '../../../src/domain/prepare/find-lost-merges.ts';
import { nextCandidate } from '../../../src/domain/prepare/next-candidate.ts';
import { listTakers, planJoin } from '../../../src/domain/prepare/plan-join.ts';

const commit = (
  sha: string,
  parents: readonly string[],
  more: Partial<HistoryCommit> = {},
): HistoryCommit => ({
  sha: sha.padEnd(8, '0'),
  parents: parents.map((parent) => parent.padEnd(8, '0')),
  subject: `work ${sha}`,
  body: '',
  author: 'A',
  at: '2026-11-24T10:00:00Z',
  ...more,
});
const merge = commit('aa', ['1', 'bb']);
const restore = commit('cc', ['aa'], { restores: 'v2.0.3' });
const revert = commit('cc', ['aa'], {
  subject: 'Revert "Merge"',
  body: 'This reverts commit aa000000, reversing',
});
const tip = (range: readonly HistoryCommit[]): string => range[0]?.sha ?? '';
const join = (range: readonly HistoryCommit[]) => planJoin(tip(range), range, listTakers(tip(range), range));

describe('main behind a release branch', () => {
  it('E-37: is merged as it is where nothing was taken back', () => {
    expect(join([merge])).toEqual({ asOf: merge.sha, undone: [] });
  });

  it.each([
    ['a restore commit', restore],
    ["git's own revert of a merge", revert],
  ])('E-31: is merged as it was before %s', (_, taker) => {
    expect(join([taker, merge])).toEqual({ asOf: merge.sha, undone: [taker] });
  });

  it('E-31: two restores in a row are both passed over', () => {
    const again = commit('dd', ['cc'], { restores: 'v2.0.2' });
    expect(join([again, restore, merge])).toEqual({ asOf: merge.sha, undone: [again, restore] });
  });

  it('E-31: work on top of a restore blocks it, unless the branch has a copy', () => {
    const fix = commit('ee', ['cc']);
    expect(join([fix, restore, merge])).toEqual({ blockedBy: [fix], restore });
    const copy = { ...fix, isCopy: true } as const;
    expect(join([copy, restore, merge])).toEqual({ asOf: merge.sha, undone: [restore] });
  });

  it('E-31: a release on top of a restore blocks it by what it brought', () => {
    const side = commit('ff', ['cc']);
    const hot = commit('ee', ['cc', 'ff']);
    expect(join([hot, side, restore, merge])).toMatchObject({ blockedBy: [hot] });
    expect(join([hot, { ...side, isCopy: true }, restore, merge])).toMatchObject({ undone: [restore] });
  });

  it('E-31: a restore that main does not show any more is nothing to pass over', () => {
    expect(planJoin(restore.sha, [restore, merge], [])).toEqual({ asOf: restore.sha, undone: [] });
  });
});

describe('a branch that was merged, reverted and merged again', () => {
  const range = (...more: readonly HistoryCommit[]): readonly HistoryCommit[] => [
    ...more,
    commit('a2', ['cc', 'b2']),
    commit('b2', ['bb']),
    revert,
    merge,
    commit('bb', ['1']),
  ];

  it('E-31: lacks what it brought first', () => {
    expect(findLostMerges(range()).map((one) => [one.merge.sha, one.again.sha])).toEqual([
      ['aa000000', 'a2000000'],
    ]);
  });

  it('E-31: lacks nothing once the revert was reverted, or when another branch was merged', () => {
    const back = commit('ee', ['a2'], { subject: 'Reapply', body: 'This reverts commit cc000000.' });
    expect(findLostMerges(range(back))).toEqual([]);
    expect(
      findLostMerges([commit('a2', ['cc', 'b2']), commit('b2', ['cc']), revert, merge, commit('bb', ['1'])]),
    ).toEqual([]);
  });
});

describe('number of a candidate', () => {
  it.each([
    [[], 'v2.2.0-rc.1'],
    [['v2.2.0-rc.9', 'v2.2.0-rc.10', 'v2.2.1-rc.40', 'v2.1.0'], 'v2.2.0-rc.11'],
  ] as const)('PRE-06: after %j comes %s', (tags, name) => {
    expect(nextCandidate('v2.2.0', tags)).toBe(name);
  });
});
