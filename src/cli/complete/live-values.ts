import { compareReleases, isCandidate, readVersion } from '../../domain/version.ts';
import type { Candidate, LiveKind } from './find-place.ts';

/** Where live values come from; each answers with nothing when it cannot be asked. */
export interface Sources {
  /** Names of the environments, roles or people that the configuration has. */
  named(part: 'environments' | 'roles' | 'people'): Promise<readonly Candidate[]>;
  /** Full names of tags and branches that the checkout knows; the network is not asked. */
  refs(): Promise<readonly string[]>;
  checks(): Promise<readonly Candidate[]>;
  templates(): Promise<readonly string[]>;
}

const newestFirst = (left: Candidate, right: Candidate): number => compareReleases(right.value, left.value);

/** Versions behind refs of one shape, each once, newest first. */
function versionsIn(refs: readonly string[], shape: RegExp, about: string): Candidate[] {
  const found = refs.flatMap((ref) => readVersion(shape.exec(ref)?.[1] ?? '') ?? []);
  return [...new Set(found)].map((value) => ({ value, about })).sort(newestFirst);
}

/**
 * Versions that a command may be about: what is tagged for those that go back, what is prepared for those that go forward
 * (its branch), then what is tagged.
 */
function listVersions(refs: readonly string[], command: string): Candidate[] {
  const tags = versionsIn(refs, /^refs\/tags\/(v\d.*)$/, 'released').filter(
    ({ value }) => !isCandidate(value),
  );
  if (command === 'rollback') return tags;
  const branches = versionsIn(refs, /^refs\/(?:heads|remotes\/[^/]+)\/release\/(v\d.*)$/, 'release branch');
  return [...branches.filter(({ value }) => !tags.some((tag) => tag.value === value)), ...tags];
}

/** The values of a kind, as they are now. */
export async function listLive(
  of: LiveKind,
  command: string,
  sources: Sources,
): Promise<readonly Candidate[]> {
  if (of === 'version') return listVersions(await sources.refs(), command);
  if (of === 'check') return sources.checks();
  if (of === 'template') return (await sources.templates()).map((value) => ({ value, about: '' }));
  return sources.named(of === 'environment' ? 'environments' : of === 'role' ? 'roles' : 'people');
}
