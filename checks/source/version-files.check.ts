import { oneLine } from '../../src/domain/screen-text.ts';
import { bareVersion, releaseOf } from '../../src/domain/version.ts';
import { listPackageFolders, listVersionFiles } from '../../src/domain/version-files/list-version-files.ts';
import { readVersionPlaces, type VersionPlace } from '../../src/domain/version-files/read-version-places.ts';
import { defineCheck } from '../../src/kit.ts';

/** Lockfiles that name packages, but not the version of the application itself. */
const OTHER_LOCKS = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
const ROOT = 'package.json';
const ROOT_LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

const sayPlace = ({ at, version }: VersionPlace): string =>
  `${at} says ${oneLine(version || 'no version', 60)}`;

/** What was compared beside package.json: a pass must not look as if it had seen a lockfile. */
function sayLock(found: ReadonlySet<string>): string {
  if (!found.has(ROOT) || ROOT_LOCKS.some((path) => found.has(path))) return '';
  const other = OTHER_LOCKS.filter((path) => found.has(path));
  return other.length === 0 ? '; no lockfile beside it' : `; ${other.join(' and ')} does not carry it`;
}

/** A file that was forgotten makes the application, or its client, say that it is the version before. */
export default defineCheck({
  id: 'source.version-files',
  title: 'Version files carry the version',
  runbook: ['HOP-03', 'PRE-02', 'PRE-03', 'PRE-04'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ release }) => (release?.commit ? undefined : 'no version was named'),
  probe: async ({ git }, { release, runbook }) => {
    const files = listVersionFiles(runbook.source.versionFiles);
    const paths = [...new Set([...files.map(({ path }) => path), ...OTHER_LOCKS])];
    const texts = await Promise.all(paths.map((path) => git.readFile(release?.commit ?? '', path)));
    const found = new Map(paths.map((path, i) => [path, texts[i]]));
    const folders = listPackageFolders(files);
    return {
      places: files.flatMap((file) => readVersionPlaces(file, found.get(file.path), folders)),
      lock: sayLock(new Set(paths.filter((path) => found.get(path) !== undefined))),
    };
  },
  judge: ({ places, lock }, { release }) => {
    const wanted = releaseOf(bareVersion(release?.version ?? ''));
    if (places.length === 0) return { outcome: 'skip', said: 'source.versionFiles names no file' };
    const wrong = places.filter(({ version }) => version === undefined || releaseOf(version) !== wanted);
    const paths = new Set(places.map(({ at }) => at.replace(/ \(.*$/, '')));
    if (wrong.length === 0) return { outcome: 'pass', said: `${[...paths].join(', ')}: ${wanted}${lock}` };
    return {
      outcome: 'fail',
      said: `${wrong.map(sayPlace).join(', ')}; wanted ${wanted}`,
      remedy: `Set it on the release branch, and tag the next candidate: npm version ${wanted} --no-git-tag-version writes package.json and its lockfile; a file that is no JSON needs a match in source.versionFiles.`,
    };
  },
});
