import { compareReleases, type Version } from '../version.ts';

/** Candidates of a version among tags, newest first. */
export const listCandidates = (version: Version, tags: readonly Version[]): readonly Version[] =>
  tags.filter((tag) => tag.startsWith(`${version}-rc.`)).sort((a, b) => compareReleases(b, a));

/** The name of the next candidate: one more than the highest there is, so that no number ever means two commits (PRE-06). */
export function nextCandidate(version: Version, tags: readonly Version[]): Version {
  const [newest] = listCandidates(version, tags);
  const last = newest === undefined ? 0 : Number(newest.slice(`${version}-rc.`.length));
  return `${version}-rc.${last + 1}`;
}
