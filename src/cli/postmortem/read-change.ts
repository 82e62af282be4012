import { isReleaseError } from '../../domain/failure.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import type { Change } from '../../report/postmortem/parts.ts';
import type { Wired } from '../wired.ts';

/** Commits between the tags of two versions. A remote that cannot be asked, or tags that are gone, leave the list to a person. */
export async function readChange(
  span: Pick<Change, 'from' | 'to'>,
  { services, configured }: Pick<Wired, 'services' | 'configured'>,
): Promise<Change> {
  if (!configured.has('git') || span.from === '' || span.to === '') return { ...span, commits: undefined };
  try {
    const [before, after] = await Promise.all(
      [span.from, span.to].map((one) => services.git.tag(parseReleaseVersion(one))),
    );
    if (before === undefined || after === undefined) return { ...span, commits: undefined };
    return { ...span, commits: await services.git.commitsBetween(before.commit, after.commit) };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { ...span, commits: undefined };
  }
}
