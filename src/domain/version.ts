import compareVersions from 'semver/functions/compare.js';
import parseVersion from 'semver/functions/parse.js';
import { ReleaseError } from './failure.ts';

/** A full version with its `v`, like `v2.1.0` or `v2.1.0-rc.1`; checked, so it is safe as a ref name. */
export type Version = `v${string}`;

const SHAPE = /^v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:-rc\.\d{1,6})?)$/;

/** The version in `text`, with its `v`; undefined when it is not three numbers and perhaps `-rc.n`. */
export function readVersion(text: string): Version | undefined {
  const match = text.length <= 64 ? SHAPE.exec(text.trim()) : null;
  return match && parseVersion(match[1] ?? '') ? `v${match[1]}` : undefined;
}

/** The version in `text`; throws E_VERSION_SHAPE (exit 2) with the wording of the shared table. */
export function parseReleaseVersion(text: string): Version {
  const version = readVersion(text);
  if (version !== undefined) return version;
  throw new ReleaseError('E_VERSION_SHAPE', {
    what: `"${text.slice(0, 64)}" is not a full version. Write three numbers, like v2.1.0.`,
    next: 'Write the version in full.',
    state: 'untouched',
  });
}

/** Without the `v`: what package.json and /health carry. */
export const bareVersion = (version: string): string => version.replace(/^v/, '');

/** True for a release candidate. */
export const isCandidate = (version: string): boolean => version.includes('-rc.');

/** The release that a candidate is for: `v2.1.0` of `v2.1.0-rc.2`; any other version as it stands. */
export const releaseOf = <V extends string>(version: V): V => version.replace(/-rc\.\d+$/, '') as V;

/** What an application may say that runs this tag: the number of its release, which its files carry, or a candidate's own name. */
export const saidBy = (tag: string): { readonly version: string; readonly candidate?: string } => ({
  version: bareVersion(releaseOf(tag)),
  ...(isCandidate(tag) ? { candidate: bareVersion(tag) } : {}),
});

/** Semantic order: negative when `a` is older (release candidates come before their release; E-33). */
export const compareReleases = (a: string, b: string): number =>
  compareVersions(bareVersion(a), bareVersion(b));
