import { seconds } from '../../domain/duration.ts';
import {
  buildCandidate,
  type Candidate,
  defineStep,
  type Recipe,
  ReleaseError,
  type Runbook,
  type Seen,
  type Services,
} from '../../kit.ts';
import { holdsCommit } from './holds-commit.ts';

type Input = {
  recipe: Recipe;
  branchName: string;
  /** Where the branch stands; null: it is made. */
  tip: string | null;
  /** The ids that the plan has shown. */
  commit: string;
  tag: string;
};
type Done = { commit: string; tag: string };

const isAnother = ({ recipe, commit }: Input, made: Candidate): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `${recipe.name} would be ${made.commit.slice(0, 7)} now, and the plan has shown ${commit.slice(0, 7)}.`,
    why: 'The configuration or the program is another one than when it was planned. Nothing was pushed.',
    next: 'Give this run up and plan again: release prepare --abandon --reason "…"',
    state: 'untouched',
  });

async function makeAsPlanned(git: Services['git'], input: Input, { source }: Runbook): Promise<Done> {
  const made = await buildCandidate(git, source, input.recipe);
  if (made.commit !== input.commit || made.tag !== input.tag) throw isAnother(input, made);
  return { commit: made.commit, tag: made.tag };
}

const refsOf = ({ branchName, recipe }: Input) => ({
  branch: `refs/heads/${branchName}`,
  tag: `refs/tags/${recipe.name}`,
});

/**
 * The release branch and the annotated tag of its candidate, in one atomic push of exactly these two refs (PRE-01, PRE-06):
 * both or neither. They are made anew from the plan's recipe, with its dates, so that any machine makes the ids that the
 * plan has shown.
 */
export const publishCandidate = defineStep<'git', Input, Done>({
  id: 'git.publish-candidate',
  def: 1,
  needs: ['git'],
  effect: 'probeable',
  fenced: true,
  settleMs: seconds(60),
  timeoutMs: seconds(180),
  stop: 'safe',
  title: ({ branchName, recipe }) => `Push ${branchName} and tag ${recipe.name}`,
  run: async ({ git }, input, { guard, tell, withFence, runbook }) => {
    await git.sync();
    const made = await makeAsPlanned(git, input, runbook);
    const refs = refsOf(input);
    tell(`${input.branchName} ${made.commit.slice(0, 7)}, ${input.recipe.name}`);
    await withFence({ branch: made.commit, tag: made.tag }, (more) => {
      guard();
      return git.push([
        { ref: refs.branch, from: input.tip, to: made.commit },
        { ref: refs.tag, from: null, to: made.tag },
        ...more,
      ]);
    });
    return made;
  },
  inspect: ({ git }, input, { runbook }) => seeCandidate(git, input, runbook),
  undo: {
    kind: 'irreversible',
    because: 'others may have fetched it; a number of a candidate never means two commits',
    instead: 'leave it; the next release prepare tags the next candidate',
  },
});

async function seeCandidate(git: Services['git'], input: Input, runbook: Runbook): Promise<Seen<Done>> {
  await git.sync();
  const made = await makeAsPlanned(git, input, runbook);
  const refs = refsOf(input);
  const remote = await git.remoteRefs([refs.branch, refs.tag]);
  const isThere = await holdsCommit(git, remote[refs.branch], made.commit);
  if (remote[refs.tag] === made.tag && isThere) return { state: 'done', done: made };
  // The push is atomic: without the tag nothing of it was taken.
  if (remote[refs.tag] === undefined) return { state: 'absent' };
  return { state: 'unclear', said: `${input.recipe.name} is on the remote, and not as this run makes it` };
}
