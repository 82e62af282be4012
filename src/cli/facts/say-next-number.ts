import { makeNextAttempt } from '../../domain/next-attempt.ts';
import type { Version } from '../../domain/version.ts';
import type { GitPort } from '../../services/git/port.ts';

/** How what `version` brought is released once more, now that its own number is used up; `live` is with a `v`, '' for unknown. */
export async function sayNextNumber(version: Version, live: string, git: GitPort): Promise<string> {
  const known = new Set<string>(await git.versions());
  const next = makeNextAttempt(version, live || version, known)?.version ?? 'v1.2.3';
  return `Its changes go out under the next number; what else would: release prepare ${next} --plan`;
}
