import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

type Input = {
  /** The tag, like `v2.1.0-rc.1`; a branch whose tip nobody has tagged is no candidate. */
  version: Version;
  commit: string;
  /** The branch that the platform publishes by itself, where nothing here moves it; it must stand at the commit. */
  follows?: string;
};
type Done = { commit: string; version: string };

const isElsewhere = (name: string, now: string | undefined, { commit }: Input): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `${name} is at ${now?.slice(0, 7) ?? 'nothing'}, not at ${commit.slice(0, 7)} any more.`,
    why: 'What would be published is not what the gate was asked about. Nothing was begun.',
    next: 'Give this run up (release deploy --abandon --reason "…"), then plan again.',
    state: 'partly-done',
  });

/**
 * Sees that the tag still means the commit that the plan was made for, and that the platform would publish no other. What
 * comes after it takes the commit from here.
 */
export const seeCandidate = defineStep<'git', Input, Done>({
  id: 'git.see-candidate',
  def: 1,
  needs: ['git'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(90),
  stop: 'safe',
  title: ({ version, commit }) => `See that ${version} is still ${commit.slice(0, 7)}`,
  run: async ({ git }, input) => {
    const { version, commit, follows } = input;
    await git.sync();
    const tag = await git.tag(version);
    if (tag?.commit !== commit) throw isElsewhere(version, tag?.commit, input);
    const tip = follows === undefined ? commit : await git.branchTip(follows);
    if (tip !== commit) throw isElsewhere(String(follows), tip, input);
    return { commit, version };
  },
  undo: { kind: 'nothing' },
});
