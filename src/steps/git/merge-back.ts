import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep, ReleaseError, type Seen, type Services } from '../../kit.ts';
import { holdsCommit } from './holds-commit.ts';

type Input = {
  version: Version;
  main: string;
  mainName: string;
  /** The branch that takes main in, and where the plan found it. */
  branchName: string;
  tip: string;
  at: string;
  /** The id that the plan has shown. */
  commit: string;
};
type Done = { commit: string };

const isAnother = ({ branchName, commit }: Input, made: string): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `The merge into ${branchName} would be ${made.slice(0, 7)} now, and the plan has shown ${commit.slice(0, 7)}.`,
    why: 'The program or its configuration is another one than when it was planned. Nothing was pushed.',
    next: 'Give this run up and plan again: release prepare --abandon --reason "…"',
    state: 'untouched',
  });

async function makeAsPlanned(git: Services['git'], input: Input): Promise<string> {
  const { version, main, mainName, branchName, tip, at, commit } = input;
  const made = await git.makeJoin({
    ...{ version, main, mainName, at, asOf: main },
    ...{ base: tip, baseName: branchName, isBack: true },
  });
  if (made !== commit) throw isAnother(input, made);
  return made;
}

/**
 * Main merged back into the branch that releases are cut from (E-37): one push of one ref, which expects the branch to be
 * where the plan found it. The merge is made anew with the plan's dates, so that any machine makes the id that was shown.
 */
export const mergeBack = defineStep<'git', Input, Done>({
  id: 'git.merge-back',
  def: 1,
  needs: ['git'],
  effect: 'probeable',
  fenced: true,
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: ({ mainName, branchName }) => `Merge ${mainName} into ${branchName}, push`,
  run: async ({ git }, input, { guard, tell, withFence }) => {
    await git.sync();
    const commit = await makeAsPlanned(git, input);
    tell(`${input.branchName} ${commit.slice(0, 7)}`);
    await withFence({ branch: commit }, (more) => {
      guard();
      return git.push([{ ref: `refs/heads/${input.branchName}`, from: input.tip, to: commit }, ...more]);
    });
    return { commit };
  },
  inspect: async ({ git }, input): Promise<Seen<Done>> => {
    await git.sync();
    const commit = await makeAsPlanned(git, input);
    const ref = `refs/heads/${input.branchName}`;
    const now = (await git.remoteRefs([ref]))[ref];
    return (await holdsCommit(git, now, commit)) ? { state: 'done', done: { commit } } : { state: 'absent' };
  },
  undo: {
    kind: 'irreversible',
    because: 'others may have fetched it; nothing here rewrites a branch',
    instead: 'git revert -m 1 of the merge, by hand',
  },
});
