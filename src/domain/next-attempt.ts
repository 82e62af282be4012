import { nextFreePatch, nextPatch } from './next-patch.ts';
import { compareReleases, readVersion, type Version } from './version.ts';

/** The versions that may follow one that was rolled back. */
export interface NextAttempt {
  /** Stays marked bad; its number is never used again (E-36). */
  readonly bad: Version;
  /** All that the bad one brought, and the fix. */
  readonly version: Version;
  /** A fix of what is live, without what the bad one brought; absent where its number would lie above the bad one. */
  readonly hotfix?: Version;
}

/**
 * What comes after `bad` was left for `live` (E-90): the next patch of the bad version that no run has had (`known`), or a
 * hotfix of what is live. Undefined where the bad one is no version.
 */
export function makeNextAttempt(
  bad: string,
  live: string,
  known: ReadonlySet<string>,
): NextAttempt | undefined {
  const left = readVersion(bad);
  const version = nextFreePatch(bad, known);
  if (left === undefined || version === undefined) return undefined;
  const hotfix = nextPatch(live);
  const isBelow = hotfix !== undefined && !known.has(hotfix) && compareReleases(hotfix, left) < 0;
  return { bad: left, version, ...(isBelow ? { hotfix } : {}) };
}
