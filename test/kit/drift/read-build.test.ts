import { describe, expect, it } from 'vitest';
import { readBuild } from '../../../src/kit.ts';
import type { GitPort } from '../../../src/services/git/port.ts';
import { onlyThese } from '../../support/policy.ts';

const [tagged, restore, foreign] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [
  string,
  string,
  string,
];
const git: Partial<GitPort> = {
  tag: async (version) =>
    version === 'v2.0.3'
      ? { version, annotated: true, object: 'o', commit: tagged, at: '', trailers: {} }
      : undefined,
  contains: async (commit) => commit !== foreign,
  sameTree: async (_, commit) => commit === restore,
};
const read = (version: string, commit?: string) =>
  readBuild(
    onlyThese({
      git,
      host: {
        liveVersion: async () => ({ version, latencyMs: 1, ...(commit === undefined ? {} : { commit }) }),
      },
    }),
    'production',
  );

describe('the code that is live', () => {
  it('T32: is not taken for ours in the clone of another application', async () => {
    const failure = await read('2.0.3', foreign).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'E_LIVE_COMMIT',
      text: { why: expect.stringContaining('another application') },
    });
  });

  it.each([
    ['the tagged commit', '2.0.3', tagged, tagged, true],
    ['its short name', '2.0.3', tagged.slice(0, 7), tagged, true],
    ['no commit at all', '2.0.3', undefined, tagged, true],
    ['a restore with the tree of the tag', '2.0.3', restore, restore, true],
    ['another commit under the name of the version', '2.0.3', 'd'.repeat(40), 'd'.repeat(40), false],
    ['a version without a tag', '2.9.9', 'd'.repeat(40), 'd'.repeat(40), false],
  ])('E-64: is told by %s', async (_, version, reported, commit, isReleased) => {
    expect(await read(version, reported)).toEqual({ version: `v${version}`, commit, isReleased });
  });

  it.each([
    ['a commit that was never pushed', '2.0.3', foreign, 'E_LIVE_COMMIT'],
    ['a name that is too short to mean one commit', '2.0.3', 'a', 'E_LIVE_COMMIT'],
    ['a short name of another commit', '2.0.3', 'ddddddd', 'E_LIVE_COMMIT'],
    ['neither commit nor tag', '2.9.9', undefined, 'E_NO_TAG'],
  ])('is not known by %s', async (_, version, reported, code) => {
    await expect(read(version, reported)).rejects.toMatchObject({ code });
  });
});
