import { ReleaseError } from '../../domain/failure.ts';
import {
  compareReleases,
  isCandidate,
  parseReleaseVersion,
  releaseOf,
  type Version,
} from '../../domain/version.ts';
import { findLive, foldRuns } from '../../ledger/fold.ts';
import type { TagFacts } from '../../services/git/port.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { askLive } from '../facts/ask-live.ts';
import { branchOf, listPrepared } from '../facts/find-release.ts';
import { listReleased } from '../facts/list-released.ts';
import { chooseTarget } from '../rollback/choose-target.ts';
import type { Wired } from '../wired.ts';

/** What a rehearsed rollback leaves, and where it goes. */
export interface RehearsedEnds {
  readonly from: Version;
  /** Commit of what is left. */
  readonly commit: string;
  /** False: what is left is still to be deployed. */
  readonly isLive: boolean;
  readonly to: TagFacts;
}

const notKnown = (version: Version, live: string, prepared: readonly Version[]): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${version} is neither live nor prepared: there is nothing to go back from.`,
    next: `Live: ${live || 'not known'}. Prepared: ${prepared.join(', ') || 'none'}.`,
    state: 'untouched',
  });

const nothingLeft = (to: Version): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: `Nobody says what is left: ${to} is live, and no newer version is prepared.`,
    next: 'Say which: --from <version>, like v2.2.0 or v2.2.0-rc.1.',
    state: 'untouched',
  });

const neverReleased = (to: Version, good: readonly Version[]): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${to} was never released: there is no such tag.`,
    next: good.length > 0 ? `Released: ${good.slice(0, 5).join(', ')}.` : 'There is nothing to go back to.',
    state: 'untouched',
  });

const notEarlier = (to: Version, from: Version): ReleaseError =>
  new ReleaseError('E_NOT_EARLIER', {
    what: `${to} is not older than ${from}.`,
    why: 'A rollback goes back.',
    next: `Name an older version with --to, or a newer one with --from.`,
    state: 'untouched',
  });

const typed = (value: CommandOptions[string]): Version | undefined =>
  typeof value === 'string' && value !== 'previous' ? parseReleaseVersion(value) : undefined;

/** What runs, by its own word, else by the ledger's; undefined when neither knows. */
async function findRunning(wired: Wired): Promise<Version | undefined> {
  const live = await askLive(wired);
  if (live !== undefined) return parseReleaseVersion(live.version);
  const known = findLive(foldRuns(await wired.ledger.read(wired.scope)));
  return known && parseReleaseVersion(known.version);
}

interface Standing {
  readonly live: Version | undefined;
  readonly prepared: readonly Version[];
}

/** The one prepared version that is newer than what is live: before its deploy the way back from it is the question. */
function findNext({ live, prepared }: Standing): Version | undefined {
  const newer = prepared.filter((one) => live === undefined || compareReleases(one, live) > 0);
  return newer.length === 1 ? newer[0] : undefined;
}

function chooseFrom(from: Version | undefined, to: Version | undefined, standing: Standing): Version {
  if (from !== undefined) return from;
  const { live } = standing;
  const leavesLive = to !== undefined && live !== undefined && compareReleases(to, live) < 0;
  const chosen = leavesLive ? live : (findNext(standing) ?? (to === live ? undefined : live));
  if (chosen === undefined) throw nothingLeft(to ?? ('v0.0.0' as Version));
  return chosen;
}

/** The commit that would be, or is, live. */
async function findCommit(
  { services: { git }, runbook }: Wired,
  from: Version,
  { live, prepared }: Standing,
): Promise<string> {
  const base = releaseOf(from);
  const isThere = base === live || prepared.includes(base);
  const commit =
    isCandidate(from) || from === live
      ? (await git.tag(from))?.commit
      : await git.branchTip(branchOf(runbook, from));
  if (!isThere || commit === undefined) throw notKnown(from, live ?? '', prepared);
  return commit;
}

/**
 * The two ends of a rehearsed rollback. `--from` is a version or a candidate; without it what is left is the live
 * version, or the one that is prepared when it goes back to the live one. Throws E_VERSION_UNKNOWN, E_VERSION_MISSING,
 * E_NOT_EARLIER (exit 2).
 */
export async function chooseEnds(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<RehearsedEnds> {
  const { git } = wired.services;
  await git.sync();
  const standing = { live: await findRunning(wired), prepared: await listPrepared(git, wired.runbook) };
  const asked = typed(options.to);
  const typedFrom = chooseFrom(typed(options.from), asked, standing);
  const commit = await findCommit(wired, typedFrom, standing);
  const from = releaseOf(typedFrom);
  const isLive = from === standing.live;
  const to =
    asked ?? (isLive ? undefined : standing.live) ?? (await chooseTarget('previous', context, wired));
  const tag = await git.tag(to);
  if (tag === undefined) throw neverReleased(to, await listReleased(git));
  if (compareReleases(to, from) >= 0) throw notEarlier(to, from);
  return { from, commit, isLive, to: tag };
}
