import { editTree } from './edit-tree.ts';
import {
  commitTree,
  conflicted,
  type Identity,
  mergeTrees,
  type ObjectTools,
  plain,
  readTree,
  writeTag,
  writeTrailers,
} from './make-objects.ts';
import { checkPath, checkRef } from './names.ts';
import type { OpenedGit } from './open-git.ts';
import type { BringBackOrder, CandidateOrder, JoinOrder } from './port.ts';
import { PREPARED } from './read-parents.ts';

async function commitFiles(
  git: ObjectTools,
  { files, base, version, at }: CandidateOrder,
  who: Identity,
): Promise<string> {
  if (files.length === 0) return base;
  const { objects, write } = git;
  const blobs = files.map(({ path, text }) => ({ path: checkPath(path), blob: write('blob', text) }));
  const tree = await editTree(objects, write, await readTree(objects, base), blobs);
  const message = `Prepare ${version}: version and changelog\n\n${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(git, { tree, parents: [base], message, at }, who);
}

/** Ids of a candidate's commit and of its tag. */
export interface Candidate {
  readonly commit: string;
  readonly tag: string;
}

/** The commit with version and changelog, and the annotated tag of the candidate, as objects of the cache (PRE-06). */
export async function makeCandidate(
  git: ObjectTools,
  order: CandidateOrder,
  who: Identity,
): Promise<Candidate> {
  checkRef(`refs/tags/${order.name}`);
  const commit = await commitFiles(git, order, who);
  const { name, at, trailers } = order;
  const tag = writeTag(git.write, { name, commit, title: `Release candidate ${name}`, at, trailers }, who);
  return { commit, tag };
}

/** A merge commit on `base` that has main's history behind it, and the files of a merge with an earlier point of main. */
export async function makeJoin(git: OpenedGit, order: JoinOrder, who: Identity): Promise<string> {
  const { base, baseName, main, mainName, asOf, version, at, isBack } = order;
  const { tree, conflicts } = await mergeTrees(git.run, base, asOf);
  if (conflicts.length > 0) throw conflicted(mainName, baseName, conflicts);
  const why =
    asOf === main
      ? ''
      : `What took changes back on ${mainName} after ${asOf.slice(0, 7)} is not followed: ${version} brings them again.\n\n`;
  const subject = isBack
    ? `Merge ${mainName} back into ${baseName} after ${version}`
    : `Merge ${mainName} for ${version}`;
  const message = `${plain(subject)}\n\n${why}${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(git, { tree, parents: [base, main], message, at }, who);
}

/**
 * A commit on `base` that undoes what another commit took back; undefined when nothing of that is missing in `base` any
 * more. Throws E_MERGE_CONFLICT when later work stands on the same lines.
 */
export async function makeBringBack(
  git: OpenedGit,
  { base, baseName, taken, version, at }: BringBackOrder,
  who: Identity,
): Promise<string | undefined> {
  const { run, objects } = git;
  // A side line that holds what was there before: merged from the commit that took it back on, it is the difference.
  const undone = {
    tree: await readTree(objects, taken, '^1'),
    parents: [taken],
    message: `Undo ${taken}\n`,
    at,
  };
  const side = await commitTree(git, undone, who);
  const { tree, conflicts } = await mergeTrees(run, base, side);
  if (conflicts.length > 0) throw conflicted(`what ${taken.slice(0, 7)} took back`, baseName, conflicts);
  if (tree === (await readTree(objects, base))) return undefined;
  const message = `Bring back what ${taken.slice(0, 7)} took out\n\nThis reverts commit ${taken}.\n\n${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(git, { tree, parents: [base], message, at }, who);
}
