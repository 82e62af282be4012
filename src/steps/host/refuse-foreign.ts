import { isReleaseError } from '../../domain/failure.ts';
import { ReleaseError, type Services } from '../../kit.ts';

interface Recorded {
  /** Without its v. */
  readonly version: string;
  readonly commit: string;
  readonly mainBranch: string;
}

/** A remote that is away has been asked a moment ago, by the step that made the commit; what is here is compared. */
async function lookAgain(git: Services['git']): Promise<void> {
  try {
    await git.sync();
  } catch (error) {
    if (!isReleaseError(error, 'E_GIT')) throw error;
  }
}

async function isOurs(git: Services['git'], { version, commit, mainBranch }: Recorded): Promise<boolean> {
  const [main, tag] = await Promise.all([git.branchTip(mainBranch), git.tag(`v${version}`)]);
  if (main === undefined || tag === undefined) return false;
  return (await git.contains(main, commit)) && git.sameTree(commit, tag.commit);
}

/**
 * The commit to publish comes from the ledger, into which everybody writes who may push. It goes out only when it is on the
 * main branch and holds exactly the files of the version's tag (T38). Throws E_FOREIGN_COMMIT before anything is sent.
 */
export async function refuseForeign(git: Services['git'], recorded: Recorded): Promise<void> {
  await lookAgain(git);
  if (await isOurs(git, recorded)) return;
  const { version, commit, mainBranch } = recorded;
  throw new ReleaseError('E_FOREIGN_COMMIT', {
    what: `The record says to publish ${commit.slice(0, 12) || 'no commit'} as ${version}, and it is not that: ${mainBranch} does not hold it, or its files are not those of the tag.`,
    why: 'Somebody else may have written into the ledger, or the tag or the branch was moved.',
    next: 'Compare the branch, the tag and `release history`; nothing was published.',
    state: 'untouched',
  });
}
