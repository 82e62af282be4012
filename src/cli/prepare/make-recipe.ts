import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import { findLostMerges, type LostMerge } from '../../domain/prepare/find-lost-merges.ts';
import { listTakers, planJoin } from '../../domain/prepare/plan-join.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { compareReleases, type Version } from '../../domain/version.ts';
import { buildCandidate, type Candidate, type Recipe } from '../../kit.ts';
import type { Wired } from '../wired.ts';
import type { Base } from './find-base.ts';
import { isMissing } from './is-missing.ts';

/** A candidate that was made, and all that it was made from. */
export interface Made {
  readonly recipe: Recipe;
  readonly candidate: Candidate;
  /** What main took back and the release does not follow. */
  readonly notFollowed: readonly HistoryCommit[];
}

const short = (sha: string): string => sha.slice(0, 7);

const name = ({ sha, subject }: HistoryCommit): string => `${short(sha)} "${oneLine(subject, 60)}"`;

const lost = ({ merge, revert, again }: LostMerge, base: string): ReleaseError =>
  new ReleaseError('E_REVERTED_MERGE', {
    what: `${name(merge)} was taken back by ${name(revert)}, and ${name(again)} did not bring it again.`,
    why: 'git merges only what is new on a branch: what was merged and reverted before stays out, and nothing says so.',
    next: `Bring it back on ${base}: git revert ${revert.sha.slice(0, 7)}. Where it is meant to stay out: --keep-reverted`,
    state: 'untouched',
  });

const blocked = (
  main: string,
  base: string,
  restore: HistoryCommit,
  work: readonly HistoryCommit[],
): ReleaseError =>
  new ReleaseError('E_RESTORED', {
    what: `${main} was taken back by ${name(restore)}, and has ${plural(work.length, 'commit')} on top that ${base} lacks: ${work.slice(0, 5).map(name).join(', ')}.`,
    why: `A merge cannot tell that work from what was taken back: it would take the release out of ${base} as well.`,
    next: `Pick it onto ${base} by hand (git cherry-pick -x, for a merge with -m 1), push, and prepare again; or release it alone: --from ${main}`,
    state: 'untouched',
  });

const differs = (main: string, base: string): ReleaseError =>
  new ReleaseError('E_RESTORED', {
    what: `Merging the release into ${main} would not give what was tested.`,
    why: `${main} and ${base} hold different answers to the same change.`,
    next: `Merge ${main} into ${base} by hand, look at what it takes out, and prepare again.`,
    state: 'untouched',
  });

/** The highest version that was published before this commit of main took it back. */
async function findTaken({ services: { git } }: Wired, { sha }: HistoryCommit): Promise<Version | undefined> {
  for (const version of await git.versions()) {
    const tag = version.includes('-') ? undefined : await git.tag(version);
    if (tag !== undefined && (await git.contains(sha, tag.commit))) return version;
  }
  return undefined;
}

/**
 * Restore commits that the base has in it, of versions below this one: v2.1.1 holds what v2.1.0 brought, v2.0.4 does not.
 * Newest first.
 */
async function listBroughtBack(wired: Wired, version: Version, history: readonly HistoryCommit[]) {
  const restores = history.filter(({ restores }) => restores !== undefined);
  const taken = await Promise.all(restores.map((commit) => findTaken(wired, commit)));
  const isMeant = (one: Version | undefined): boolean =>
    one !== undefined && compareReleases(version, one) > 0;
  return restores.filter((_, i) => isMeant(taken[i])).map(({ sha }) => sha);
}

/** A trap is one only while something is missing: others may have brought it back by hand. */
async function refuseLostMerges(
  wired: Wired,
  { base, baseName }: Base,
  history: readonly HistoryCommit[],
  recipe: Recipe,
): Promise<void> {
  for (const one of findLostMerges(history)) {
    if (await isMissing(wired, { ...recipe, taken: one.revert.sha, base })) throw lost(one, baseName);
  }
}

const isSame = async (
  { services: { git } }: Wired,
  main: string | undefined,
  commit: string,
): Promise<boolean> => main === undefined || (await git.predictMerge(main, commit)).sameAsBranch;

/** The candidate with main's history behind it, so that merging it gives what it holds. */
async function joinMain(wired: Wired, { main = '', base, baseName }: Base, recipe: Recipe): Promise<Made> {
  const { git } = wired.services;
  const { source } = wired.runbook;
  const lacked = await git.history(base, main);
  const takers = listTakers(main, lacked);
  const shows = await Promise.all(
    takers.map(({ sha }) => isMissing(wired, { ...recipe, taken: sha, base: main })),
  );
  const join = planJoin(
    main,
    lacked,
    takers.filter((_, i) => shows[i]),
  );
  if ('blockedBy' in join) throw blocked(source.main, baseName, join.restore, join.blockedBy);
  const undone = join.undone.map(({ sha }) => sha);
  const joined: Recipe = {
    ...recipe,
    join: { main, asOf: join.asOf },
    undone: [...recipe.undone, ...undone],
  };
  const candidate = await buildCandidate(git, source, joined);
  if (!(await isSame(wired, main, candidate.commit))) throw differs(source.main, baseName);
  return { recipe: joined, candidate, notFollowed: join.undone };
}

/**
 * Makes the candidate in the cache, and proves that merging it into main gives exactly it (E-31, E-39); where it would not,
 * main's history is put behind it first. Throws E_REVERTED_MERGE, E_RESTORED, and what buildCandidate throws.
 */
export async function makeRecipe(
  wired: Wired,
  base: Base,
  given: Pick<Recipe, 'version' | 'at' | 'day' | 'trailers' | 'section'>,
  keepReverted: boolean,
): Promise<Made> {
  const { git } = wired.services;
  const since = base.before?.commit ?? null;
  const history = await git.history(since ?? undefined, base.base);
  const recipe: Recipe = {
    ...given,
    name: base.name,
    base: base.base,
    baseName: base.baseName,
    since,
    join: null,
    bringBack: await listBroughtBack(wired, given.version, history),
    undone: [],
  };
  if (!keepReverted) await refuseLostMerges(wired, base, history, recipe);
  const candidate = await buildCandidate(git, wired.runbook.source, recipe);
  if (await isSame(wired, base.main, candidate.commit)) return { recipe, candidate, notFollowed: [] };
  return joinMain(wired, base, recipe);
}
