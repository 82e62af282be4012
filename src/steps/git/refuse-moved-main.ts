import { ReleaseError, type Services } from '../../kit.ts';

type Planned = { readonly mainBranch: string; readonly main: string };

const GIVE_UP =
  'Look at what was pushed, give this run up (release deploy --abandon --reason "…"), then plan again.';

/**
 * Throws E_PLAN_STALE when the branch is not where the plan found it (F41): on top of something else the release would be
 * what nobody has tested. The cache must be up to date.
 */
export async function refuseMovedMain(
  git: Pick<Services['git'], 'branchTip'>,
  { mainBranch, main }: Planned,
  next = GIVE_UP,
): Promise<void> {
  const now = await git.branchTip(mainBranch);
  if (now === main) return;
  throw new ReleaseError('E_PLAN_STALE', {
    what: `${mainBranch} is at ${now?.slice(0, 7) ?? 'nothing'}: ${main.slice(0, 7)}, on which this was planned, is no longer on top.`,
    why: 'Somebody moved it since. Nothing was pushed, and nothing of theirs is overwritten.',
    next,
    state: 'partly-done',
  });
}
