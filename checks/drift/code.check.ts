import {
  findCodeReferences,
  isAppSource,
  REFERENCE_MARKS,
} from '../../src/domain/drift/find-code-references.ts';
import { defineDriftCheck, ReleaseError, readBuild } from '../../src/kit.ts';
import type { GitPort } from '../../src/services/git/port.ts';

const AT_ONCE = 64;

async function readSource(git: Pick<GitPort, 'readFile'>, commit: string, path: string): Promise<string> {
  const text = await git.readFile(commit, path);
  if (text !== undefined) return text;
  throw new ReleaseError('E_GIT', {
    what: `${path} could not be read at ${commit.slice(0, 7)}.`,
    next: 'Ask again; git may have been too slow.',
    state: 'untouched',
  });
}

/** Names that the files read, a few files at a time. */
async function readNames(
  git: Pick<GitPort, 'readFile'>,
  commit: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE);
    const texts = await Promise.all(some.map((path) => readSource(git, commit, path)));
    for (const name of texts.flatMap(findCodeReferences)) names.add(name);
  }
  return [...names];
}

/** The variables that the code reads as it is live, whatever an example file says about them (E-64). */
export default defineDriftCheck({
  title: 'Live code reads the accepted variables',
  runbook: ['DRF-04'],
  kind: 'code',
  needs: ['git', 'host'],
  timeoutMs: 30_000,
  read: async (services, { env }) => {
    const build = await readBuild(services, env);
    const paths = await services.git.filesWith(build.commit, REFERENCE_MARKS);
    const names = await readNames(services.git, build.commit, paths.filter(isAppSource));
    return { build, area: Object.fromEntries(names.map((name) => [name, ''])) };
  },
});
