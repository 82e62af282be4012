import { makeTree } from './files/make-tree.ts';
import { BAD } from './files/versions.ts';
import { readRefs, runGit } from './git/run-git.ts';
import { RELEASER } from './git/write-release.ts';
import { writeCommit, writeTag } from './git/write-stream.ts';

/** Later than main, and no later: what a pipeline reports about the future proves nothing. */
const A_SECOND = 1;

/**
 * Adds release/v2.2.0 and v2.2.0-rc.1 on top of what main is now, and returns the branch and its commit. The build
 * passes every smoke test and goes bad under real traffic. Dates follow main's. Called
 * again it changes nothing, or cuts the branch anew when main has moved.
 */
export async function prepareBadRelease(folder: string): Promise<{ branch: string; commit: string }> {
  const { main = '' } = await readRefs(folder);
  const at = Number(await runGit(folder, ['show', '-s', '--format=%ct', main])) + A_SECOND;
  const branch = `release/v${BAD.version}`;
  const candidate = `v${BAD.version}-rc.1`;
  const commit = writeCommit({
    mark: 1,
    branch,
    parents: [main],
    who: RELEASER,
    at,
    message: `Prepare v${BAD.version}: version, changelog, payment retries\n`,
    tree: makeTree(BAD),
    keepsOthers: true,
  });
  const tag = writeTag({
    name: candidate,
    of: ':1',
    who: RELEASER,
    at,
    message: `Release candidate ${candidate}\n`,
  });
  await runGit(folder, ['fast-import', '--force', '--quiet', '--date-format=raw'], commit + tag);
  return { branch, commit: (await readRefs(folder))[branch] ?? '' };
}
