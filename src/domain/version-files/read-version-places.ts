import type { VersionFile } from './list-version-files.ts';
import { patternOf } from './match-version.ts';

/** Where a version stands, or should stand, in words. */
export interface VersionPlace {
  readonly at: string;
  /** Undefined: none was found there. */
  readonly version?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const asFields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

function parse(text: string): Fields | undefined {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const placeOf = (at: string, fields: Fields | undefined): VersionPlace =>
  typeof fields?.version === 'string' ? { at, version: fields.version } : { at };

const hasVersion = ({ version }: VersionPlace): boolean => version !== undefined;

/** A lockfile says the version of its root package twice, and that of a workspace under the folder's name. */
function readLock(
  path: string,
  fields: Fields | undefined,
  folders: readonly string[],
): readonly VersionPlace[] {
  const packages = asFields(fields?.packages) ?? {};
  const below = folders.map((folder) => placeOf(`${path} (${folder})`, asFields(packages[folder])));
  const root = placeOf(`${path} (its root package)`, asFields(packages['']));
  return [placeOf(path, fields), ...[root, ...below].filter(hasVersion)];
}

function readText({ path, match = '' }: VersionFile, text: string): readonly VersionPlace[] {
  const found = [...text.matchAll(patternOf(match))].flatMap(([, version]) => version ?? []);
  return found.length === 0 ? [{ at: path }] : found.map((version) => ({ at: path, version }));
}

/** Every place of a file where its version stands; one without a version where there should be one. */
export function readVersionPlaces(
  file: VersionFile,
  text: string | undefined,
  folders: readonly string[],
): readonly VersionPlace[] {
  const { path, kind, mayLack } = file;
  if (text === undefined) return mayLack === 'nothing' ? [{ at: path }] : [];
  if (kind === 'text') return readText(file, text);
  const fields = parse(text);
  const places = kind === 'lockfile' ? readLock(path, fields, folders) : [placeOf(path, fields)];
  // What cannot be read may say anything, also of a client that needs no version.
  return mayLack === 'version' && fields !== undefined ? places.filter(hasVersion) : places;
}
