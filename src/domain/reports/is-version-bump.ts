import { withoutVersions } from '../version-files/match-version.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const withoutVersion = ({ version: _, ...others }: Fields): Fields => others;

/** What lies in node_modules is somebody else's; every other path is a package of this repository. */
const isOwn = (path: string): boolean => !path.includes('node_modules/');

/** The own version stands at the top, and in a lockfile once more at each package of the repository. */
function spellRest(fields: Fields): string {
  const { packages, ...others } = withoutVersion(fields);
  if (!isFields(packages)) return JSON.stringify({ packages, ...others });
  const all = Object.entries(packages).map(([path, one]) => [
    path,
    isOwn(path) && isFields(one) ? withoutVersion(one) : one,
  ]);
  return JSON.stringify([others, all]);
}

function isTextBump(before: string, after: string, matches: readonly string[]): boolean {
  return withoutVersions(before, matches) === withoutVersions(after, matches);
}

/**
 * True when nothing but the own version differs: a package.json that also names other dependencies or scripts is another
 * program. Of a text the version is what its matches find; without one, no part of it is known to be a version.
 */
export function isVersionBump(
  before: string | undefined,
  after: string | undefined,
  matches: readonly string[] = [],
): boolean {
  if (before === undefined || after === undefined) return false;
  if (matches.length > 0) return isTextBump(before, after, matches);
  const [left, right] = [readFields(before), readFields(after)];
  return left !== undefined && right !== undefined && spellRest(left) === spellRest(right);
}
