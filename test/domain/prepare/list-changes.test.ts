import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryCommit } from '../../../src/domain/prepare/commit.ts';
import { listChanges } from '../../../src/domain/prepare/list-changes.ts';
import { writeSection } from '../../../src/domain/prepare/write-section.ts';
import { readReleaseNotes } from '../../../src/domain/release-notes.ts';

const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(40, '0').slice(0, 40);

/** A commit named by a letter; its parents default to the one named before. */
const commit = (name: string, subject: string, more: Partial<HistoryCommit> = {}): HistoryCommit => ({
  sha: idOf(name),
  parents: [],
  subject,
  body: '',
  author: 'A',
  at: '2026-11-24T10:00:00Z',
  ...more,
});
const reverts = (name: string): string => `This reverts commit ${idOf(name)}.`;
const textsOf = (commits: readonly HistoryCommit[]): string[] =>
  listChanges(commits).changes.map(({ text }) => text);

describe('changes of a range', () => {
  it('PRE-05: sorts by the convention and keeps what follows none', () => {
    const { changes, untyped } = listChanges([
      commit('d', 'Fix the thing'),
      commit('c', 'feat(api)!: drop v1'),
      commit('b', 'fix: typo (#7)'),
      commit('a', 'feat(export): keys'),
    ]);
    expect(changes.map(({ kind, scope, text }) => [kind, scope, text])).toEqual([
      ['other', undefined, 'Fix the thing'],
      ['breaking', 'api', 'drop v1'],
      ['fixes', undefined, 'typo (#7)'],
      ['features', 'export', 'keys'],
    ]);
    expect(untyped).toBe(1);
  });

  it('PRE-05: hears of a breaking change from the body, and takes "Note:" for words', () => {
    const { changes } = listChanges([
      commit('b', 'Note: read this'),
      commit('a', 'fix: x', { body: 'BREAKING CHANGE: y' }),
    ]);
    expect(changes.map(({ kind, text }) => [kind, text])).toEqual([
      ['other', 'Note: read this'],
      ['breaking', 'x'],
    ]);
  });

  it('PRE-05: a commit and its revert cancel each other, and are told as taken back', () => {
    const { changes, takenBack } = listChanges([
      commit('c', 'Revert "feat: b (#5)" (#6)', { body: reverts('b') }),
      commit('b', 'feat: b (#5)'),
      commit('a', 'feat: a'),
    ]);
    expect(changes.map(({ text }) => text)).toEqual(['a']);
    expect(takenBack).toEqual([{ text: 'b (#5)', commit: idOf('b'), by: idOf('c'), pulls: [5, 6] }]);
  });

  it('PRE-05: a revert that was reverted takes nothing back', () => {
    const range = [
      commit('c', 'Reapply "feat: a"', { body: reverts('b') }),
      commit('b', 'Revert "feat: a"', { body: reverts('a') }),
      commit('a', 'feat: a'),
    ];
    expect(textsOf(range)).toEqual(['a']);
    expect(listChanges(range).takenBack).toEqual([]);
  });

  it('PRE-05: taken back, brought again and taken back once more is out', () => {
    const range = [
      commit('d', 'Revert "Reapply"', { body: reverts('c') }),
      commit('c', 'Reapply "feat: a"', { body: reverts('b') }),
      commit('b', 'Revert "feat: a"', { body: reverts('a') }),
      commit('a', 'feat: a'),
    ];
    expect(textsOf(range)).toEqual([]);
    expect(listChanges(range).takenBack.map(({ commit: sha }) => sha)).toEqual([idOf('a')]);
  });

  it('PRE-05: a revert of what went out earlier is a change', () => {
    expect(textsOf([commit('b', 'Revert "old"', { body: reverts('gone') })])).toEqual(['Revert "old"']);
  });

  it('PRE-05: a squash that reverts something on its way loses neither', () => {
    const range = [commit('b', 'feat: big (#9)', { body: reverts('a') }), commit('a', 'feat: a')];
    expect(textsOf(range)).toEqual(['big (#9)', 'a']);
  });

  it('PRE-05: the revert of a merge takes all that it brought', () => {
    const range = [
      commit('v', 'Revert "Merge branch x"', {
        body: `${reverts('m').slice(0, -1)}, reversing\nchanges made to ${idOf('a')}.`,
        parents: [idOf('m')],
      }),
      commit('m', 'Merge branch x', { parents: [idOf('a'), idOf('f')] }),
      commit('f', 'feat: f', { parents: [idOf('e')] }),
      commit('e', 'feat: e', { parents: [idOf('a')] }),
      commit('a', 'feat: a'),
    ];
    expect(textsOf(range)).toEqual(['a']);
    expect(
      listChanges(range)
        .takenBack.map(({ text }) => text)
        .sort(),
    ).toEqual(['e', 'f']);
  });

  it('E-30: what a restore commit took out is not told as brought', () => {
    const range = [
      commit('h', 'fix: hot', { parents: [idOf('r')] }),
      commit('r', 'Restore v2.0.3', { restores: 'v2.0.3', parents: [idOf('m')] }),
      commit('m', 'Merge', { parents: [idOf('base'), idOf('f')] }),
      commit('f', 'feat: f', { parents: [idOf('base')] }),
    ];
    expect(textsOf(range)).toEqual(['hot']);
    expect(listChanges(range).takenBack.map(({ text }) => text)).toEqual(['f']);
  });

  it('HOP-02: names the pull request of the merge that brought a commit', () => {
    const range = [
      commit('m', 'Merge pull request #42 from x/y', { parents: [idOf('a'), idOf('f')] }),
      commit('f', 'feat: f', { parents: [idOf('a')] }),
      commit('a', 'feat: a'),
    ];
    expect(listChanges(range).changes.map(({ text, pulls }) => [text, pulls])).toEqual([
      ['f', [42]],
      ['a', []],
    ]);
  });

  it('HOP-02: a pull request that brought nothing in the end is named all the same', () => {
    const range = [
      commit('c', 'Reapply "x" (#3)', { body: reverts('b') }),
      commit('b', 'Revert "x" (#2)', { body: reverts('a') }),
      commit('a', 'feat: x (#1)'),
    ];
    expect(listChanges(range).otherPulls).toEqual([2, 3]);
  });

  it('PRE-05: a copy stands in the line of what it was copied from', () => {
    const range = [
      commit('b', 'fix: x', { body: `(cherry picked from commit ${idOf('a')})` }),
      commit('a', 'fix: x'),
    ];
    expect(listChanges(range).changes.map(({ commits }) => commits)).toEqual([[idOf('a'), idOf('b')]]);
  });

  it('PRE-05: loses no commit, whatever reverts whatever', () => {
    const links = fc.array(fc.record({ revert: fc.option(fc.nat(30)), pure: fc.boolean() }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(links, (made) => {
        const oldestFirst = made.map(({ revert, pure }, i) => {
          const target = revert === null || i === 0 ? undefined : revert % i;
          const body = target === undefined ? '' : reverts(`c${target}`);
          return commit(`c${i}`, `${pure && body ? 'Revert' : 'feat:'} ${i}`, {
            body,
            parents: i === 0 ? [] : [idOf(`c${i - 1}`)],
          });
        });
        const { changes, takenBack } = listChanges([...oldestFirst].reverse());
        const told = new Set([
          ...changes.flatMap(({ commits }) => commits),
          ...takenBack.flatMap((one) => [one.commit, one.by]),
        ]);
        for (const { sha, subject } of oldestFirst)
          if (subject.startsWith('feat')) expect(told.has(sha)).toBe(true);
      }),
    );
  });
});

describe('section of a version', () => {
  const section = (commits: readonly HistoryCommit[]): string =>
    writeSection('2.2.0', '2026-12-08', listChanges(commits));

  it('PRE-05: is what messages are made from', () => {
    const text = section([
      commit('b', 'fix(pay): no double charge'),
      commit('a', 'feat(export): keys rotate'),
    ]);
    expect(text.split('\n')[0]).toBe('## [2.2.0] - 2026-12-08');
    expect(readReleaseNotes(`# Changelog\n\n${text}\n`, 'v2.2.0')).toEqual({
      features: [{ title: 'export', text: `keys rotate (${idOf('a').slice(0, 7)})` }],
      fixes: 1,
      critical_fixes: 0,
    });
  });

  it('T12, T15: a subject is one line of text: no HTML, no link, no control character, no heading', () => {
    const evil = 'feat: <img src=x onerror=y> [a](http://b) \u001b[31m\n## [9.9.9]';
    const lines = section([commit('a', evil)]).split('\n');
    expect(lines.filter((line) => line.startsWith('##')).map((line) => line.slice(0, 12))).toEqual([
      '## [2.2.0] -',
      '### Features',
    ]);
    expect(lines.at(-1)).not.toMatch(/[^\\]<img|[^\\]\]\(|\u001b/);
  });

  it('says so when nothing changed', () => {
    expect(section([])).toBe('## [2.2.0] - 2026-12-08\n\n- No change of the application.');
  });
});
