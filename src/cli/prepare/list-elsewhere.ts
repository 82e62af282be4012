import { listVersionFiles } from '../../domain/version-files/list-version-files.ts';
import type { Wired } from '../wired.ts';
import type { Made } from './make-recipe.ts';

const MOST = 5;
/** Files in which numbers of any package stand. */
const LOCKS = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/;

/** Files that nobody configured and in which the number before still stands: perhaps one of them was forgotten. */
export async function listElsewhere(
  { services, runbook }: Wired,
  { candidate }: Made,
): Promise<readonly string[]> {
  const { source } = runbook;
  const old = candidate.bump.files.find(({ isChanged }) => isChanged)?.from[0];
  if (old === undefined) return [];
  const known = new Set([source.changelog, ...listVersionFiles(source.versionFiles).map(({ path }) => path)]);
  const found = await services.git.filesWith(candidate.commit, [old]);
  const others = found.filter((path) => !known.has(path) && !LOCKS.test(path));
  if (others.length === 0) return [];
  const more = others.length > MOST ? ` and ${others.length - MOST} more` : '';
  return [
    `${old} also stands in ${others.slice(0, MOST).join(', ')}${more}; they are not in source.versionFiles and stay`,
  ];
}
