import { isAppSource } from '../../domain/drift/find-code-references.ts';
import type { GitPort } from '../../services/git/port.ts';
import type { ReadSide } from './read-side.ts';

/** More would be another application, not a difference. */
const MOST = 20;

async function addMentioned(git: Pick<GitPort, 'filesWith'>, side: ReadSide, names: readonly string[]) {
  const found = await Promise.all(
    names.map(async (name) =>
      (await git.filesWith(side.code.commit, [name])).some(isAppSource) ? [name] : [],
    ),
  );
  return { ...side, code: { ...side.code, keys: [...side.code.keys, ...found.flat()] } };
}

/**
 * Both sides with those names of variables that their code mentions, asked for the names alone that one of them lacks:
 * a release that reads a variable no more explains why staging is without it.
 */
export async function readMentions(
  git: Pick<GitPort, 'filesWith'>,
  [left, right]: readonly [ReadSide, ReadSide],
): Promise<readonly [ReadSide, ReadSide]> {
  const [lefts, rights] = [new Set(left.envKeys), new Set(right.envKeys)];
  const lone = [...new Set([...lefts, ...rights])].filter((name) => lefts.has(name) !== rights.has(name));
  const names = lone.slice(0, MOST);
  if (names.length === 0) return [left, right];
  return Promise.all([addMentioned(git, left, names), addMentioned(git, right, names)]);
}
