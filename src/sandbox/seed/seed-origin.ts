import { CANDIDATE, PAST, type SeedVersion } from './files/versions.ts';
import { initBare, readRefs, runGit } from './git/run-git.ts';
import { type Tips, writeCandidate, writeFirstRelease, writePastRelease } from './git/write-release.ts';

/** What a seeded repository holds. */
export interface SeededOrigin {
  readonly folder: string;
  /** Branch → commit: main, develop and the release branch. */
  readonly tips: Readonly<Record<string, string>>;
  /** Released versions, oldest first, with their `v`. */
  readonly versions: readonly string[];
  /** Version (candidates too) → the commit its tag stands for. */
  readonly commits: Readonly<Record<string, string>>;
}

const importStream = (folder: string, stream: string): Promise<string> =>
  runGit(folder, ['fast-import', '--quiet', '--date-format=raw'], stream);

async function readTips(folder: string): Promise<Tips> {
  const { main = '', develop = '' } = await readRefs(folder);
  return { main, develop };
}

/** One import per release: a release names the id of the main that it was merged into. */
async function importReleases(folder: string, [first, ...later]: readonly SeedVersion[]): Promise<void> {
  if (first !== undefined) await importStream(folder, writeFirstRelease(first));
  for (const version of later) {
    await importStream(folder, writePastRelease(version, await readTips(folder)));
  }
}

const isVersion = (name: string): boolean => /^v\d/.test(name);

/**
 * Makes a bare repository with the history of the sandbox's application: v2.0.0 to v2.0.3 on main, develop, and
 * release/v2.1.0 with its first candidate. The ids are the same on every machine.
 */
export async function seedOrigin(folder: string): Promise<SeededOrigin> {
  await initBare(folder);
  await importReleases(folder, PAST);
  await importStream(folder, writeCandidate(CANDIDATE, await readTips(folder)));
  return readOrigin(folder);
}

/** What a repository that was seeded before holds now. */
export async function readOrigin(folder: string): Promise<SeededOrigin> {
  const refs = Object.entries(await readRefs(folder));
  return {
    folder,
    tips: Object.fromEntries(refs.filter(([name]) => !isVersion(name))),
    versions: PAST.map(({ version }) => `v${version}`),
    commits: Object.fromEntries(refs.filter(([name]) => isVersion(name))),
  };
}
