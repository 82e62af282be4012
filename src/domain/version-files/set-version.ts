import { findJsonTexts, type JsonText } from './find-json-texts.ts';
import { listPackageFolders, type VersionFile } from './list-version-files.ts';
import { patternOf } from './match-version.ts';
import { readVersionPlaces } from './read-version-places.ts';

/** A file with its new version in it. */
export interface BumpedFile {
  readonly path: string;
  /** Versions that it said before, each once. */
  readonly from: readonly string[];
  readonly text: string;
  readonly isChanged: boolean;
}

/** The files of a release with their new version; what keeps them from all saying it (E-29). */
export interface Bump {
  readonly files: readonly BumpedFile[];
  readonly problems: readonly string[];
}

const join = (path: readonly string[]): string => path.join('\0');

function isVersionPath(file: VersionFile, { path }: JsonText, folders: readonly string[]): boolean {
  if (join(path) === 'version') return true;
  if (file.kind !== 'lockfile') return false;
  return ['', ...folders].some((folder) => join(path) === join(['packages', folder, 'version']));
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text.replace(/^\ufeff/, '')) === 'object';
  } catch {
    return false;
  }
}

/** From the end on, so that places found before stay right. */
const replaceAt = (text: string, places: readonly { start: number; end: number }[], to: string): string =>
  [...places]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => left.slice(0, start) + to + left.slice(end), text);

function setJson(file: VersionFile, text: string, to: string, folders: readonly string[]): string {
  if (!isJson(text)) return text;
  return replaceAt(
    text,
    findJsonTexts(text).filter((one) => isVersionPath(file, one, folders)),
    to,
  );
}

function setText({ match = '' }: VersionFile, text: string, to: string): string {
  return text.replace(patternOf(match), (whole: string, version: string) => {
    const at = whole.lastIndexOf(version);
    return whole.slice(0, at) + to + whole.slice(at + version.length);
  });
}

const setIn = (file: VersionFile, text: string, to: string, folders: readonly string[]): string =>
  file.kind === 'text' ? setText(file, text, to) : setJson(file, text, to, folders);

const BUNDLES = /ependencies$|^(?:overrides|resolutions|engines|packages)$/;

/** Numbers of other packages may be the same one by chance; those of the release's own packages may not stay. */
const isOthers = ({ path }: JsonText, own: ReadonlySet<string>): boolean =>
  BUNDLES.test(path[0] ?? '') && !own.has(path.at(-1) ?? '');

const literally = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** The number itself, and not a part of a longer one. */
const numberOf = (version: string): RegExp =>
  new RegExp(`(?<![\\w.])v?${literally(version)}(?![\\w]|\\.\\d|-)`);

function listLeft(file: VersionFile, text: string, old: string, own: ReadonlySet<string>): readonly string[] {
  if (file.kind === 'lockfile') return [];
  const pattern = numberOf(old);
  if (file.kind === 'json' && isJson(text))
    return findJsonTexts(text)
      .filter((one) => pattern.test(one.value) && !isOthers(one, own))
      .map(({ path }) => `${file.path} still says ${old} at ${path.join('.')}`);
  return text
    .split(/\r?\n/)
    .flatMap((line, i) => (pattern.test(line) ? [`${file.path} still says ${old} in line ${i + 1}`] : []));
}

const nameOf = (text: string): readonly string[] =>
  isJson(text)
    ? findJsonTexts(text).flatMap(({ path, value }) => (join(path) === 'name' ? [value] : []))
    : [];

interface Work {
  readonly files: readonly VersionFile[];
  readonly texts: ReadonlyMap<string, string>;
  readonly to: string;
}

function bumpPath(path: string, { files, texts, to }: Work): BumpedFile | undefined {
  const before = texts.get(path);
  if (before === undefined) return undefined;
  const folders = listPackageFolders(files);
  const own = files.filter((file) => file.path === path);
  const from = own
    .flatMap((file) => readVersionPlaces(file, before, folders))
    .flatMap(({ version }) => version ?? []);
  const text = own.reduce((left, file) => setIn(file, left, to, folders), before);
  return { path, from: [...new Set(from)], text, isChanged: text !== before };
}

/** What does not say the new version in the end: asked of the finished texts, not of what was done to them. */
function listWrong({ files, to }: Work, after: ReadonlyMap<string, string>): readonly string[] {
  const folders = listPackageFolders(files);
  const places = files.flatMap((file) => readVersionPlaces(file, after.get(file.path), folders));
  return places
    .filter(({ version }) => version !== to)
    .map(({ at, version }) =>
      version === undefined ? `${at} has no version where one is configured` : `${at} says ${version}`,
    );
}

/**
 * Puts a version (without its v) into every configured file (PRE-02 to PRE-04), and proves it: each place says it, and the
 * number that package.json or the first file had before stands nowhere in them any more. `texts`: by path; what is
 * missing is not there.
 */
export function setVersion(
  files: readonly VersionFile[],
  texts: ReadonlyMap<string, string>,
  to: string,
): Bump {
  const work = { files, texts, to };
  const paths = [...new Set(files.map(({ path }) => path))];
  const bumped = paths.flatMap((path) => bumpPath(path, work) ?? []);
  const after = new Map(bumped.map(({ path, text }) => [path, text]));
  const own = new Set([...texts.values()].flatMap(nameOf));
  const olds = new Set(bumped.flatMap(({ from }) => from).filter((version) => version !== to));
  const left = [...olds].flatMap((old) =>
    files.flatMap((file) => listLeft(file, after.get(file.path) ?? '', old, own)),
  );
  return { files: bumped, problems: [...new Set([...listWrong(work, after), ...left])] };
}
