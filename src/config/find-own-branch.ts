import type { Runbook } from './schema/index.ts';

/** What the branch of an environment is to the version that comes to it. */
export type OwnBranch =
  /** The release branch itself: `release prepare` has pushed it, and nobody moves it. */
  | { readonly kind: 'release'; readonly name: string }
  /** This environment's alone: a deploy moves it. */
  | { readonly kind: 'own'; readonly name: string }
  /** Somebody else's as well, whose is said: never moved. */
  | { readonly kind: 'shared'; readonly name: string; readonly whose: string };

/** `version` with its v, without the number of a candidate. */
const nameOf = (pattern: string, version: string): string => pattern.replaceAll('{version}', version);

/** True when a branch of this name could be what the pattern means, for whatever version. */
function fits(pattern: string, name: string): boolean {
  const [before = '', ...after] = pattern.split('{version}');
  const end = after.at(-1) ?? '';
  if (after.length === 0) return pattern === name;
  return name.startsWith(before) && name.endsWith(end) && name.length > before.length + end.length;
}

/**
 * The branch that this environment is deployed from, and whether a deploy of `version` may move it: never main, develop,
 * a release branch or the branch of another environment.
 */
export function findOwnBranch({ environments, source }: Runbook, env: string, version: string): OwnBranch {
  const { main, develop, releaseBranch } = source;
  const name = nameOf(environments[env]?.branch ?? main, version);
  if (name === nameOf(releaseBranch, version) && name !== main && name !== develop)
    return { kind: 'release', name };
  const others = Object.entries(environments)
    .filter(([other]) => other !== env)
    .map(([other, { branch }]) => [branch ?? main, `the branch of ${other}`] as const);
  const known = [
    [main, 'where releases are merged'],
    [develop, 'where releases are cut from'],
    [releaseBranch, 'a release branch'],
    ...others,
  ] as const;
  const taken = known.find(([pattern]) => fits(pattern, name));
  return taken === undefined ? { kind: 'own', name } : { kind: 'shared', name, whose: taken[1] };
}
