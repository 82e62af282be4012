import type { Services } from '../../kit.ts';

/**
 * True when a branch is at this commit, or holds it below what others pushed on top since. The cache must be up to date.
 */
export const holdsCommit = async (
  git: Pick<Services['git'], 'contains'>,
  tip: string | undefined,
  commit: string,
): Promise<boolean> => tip === commit || (tip !== undefined && (await git.contains(tip, commit)));
