import { ReleaseError } from '../../domain/failure.ts';
import { listCandidates, nextCandidate } from '../../domain/prepare/next-candidate.ts';
import { compareReleases, isCandidate, releaseOf, type Version } from '../../domain/version.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { findBad } from '../../ledger/way-back.ts';
import { branchOf } from '../facts/find-release.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';
import { sayMissing } from './say-missing.ts';

/** What a candidate starts from, as the remote has it. */
export interface Base {
  readonly branchName: string;
  /** Where the release branch stands; undefined: there is none yet. */
  readonly tip: string | undefined;
  readonly base: string;
  /** How people call the base: the branch that the release is cut from, or its own. */
  readonly baseName: string;
  readonly main: string | undefined;
  /** The newest good version before this one, with its commit; undefined for the first. */
  readonly before: { readonly version: Version; readonly commit: string } | undefined;
  /** The newest candidate that is tagged. */
  readonly newest: { readonly name: Version; readonly commit: string } | undefined;
  readonly name: Version;
}

const tagTaken = (version: Version, commit: string): ReleaseError =>
  new ReleaseError('E_TAG_TAKEN', {
    what: `${version} is tagged at ${commit.slice(0, 7)}: it was published.`,
    why: 'A published version is never prepared a second time, also when it was rolled back (E-36).',
    next: 'Prepare the next version.',
    state: 'untouched',
  });

const notNewer = (version: Version, newest: Version): ReleaseError =>
  new ReleaseError('E_NOT_NEWER', {
    what: `${newest} is released; ${version} is not higher.`,
    next: 'Prepare a version that is.',
    state: 'untouched',
  });

const countsItself = (version: Version): ReleaseError =>
  new ReleaseError('E_VERSION_SHAPE', {
    what: `${version} is a candidate; prepare counts candidates itself.`,
    next: `Name the release: release prepare ${releaseOf(version)}`,
    state: 'untouched',
  });

/** True when main was restored to another version after this one was released, whatever a ledger knows of it. */
async function wasTakenBack({ services: { git }, runbook }: Wired, version: Version): Promise<boolean> {
  const [tag, main] = [await git.tag(version), await git.branchTip(runbook.source.main)];
  if (tag === undefined || main === undefined || !(await git.contains(main, tag.commit))) return false;
  const since = await git.ownCommits(tag.commit, main);
  return since.some(({ restores }) => restores !== undefined && restores !== version);
}

/** The newest version that was released and not left (PRE-05): by the ledger, and by main itself. */
async function findNewestGood(wired: Wired): Promise<Version | undefined> {
  const { services, ledger, scope } = wired;
  const bad = findBad(foldRuns(await ledger.read(scope)));
  for (const version of await listReleased(services.git)) {
    if (!bad.has(version) && !(await wasTakenBack(wired, version))) return version;
  }
  return undefined;
}

async function readTag({ services: { git } }: Wired, name: Version | undefined) {
  const tag = name === undefined ? undefined : await git.tag(name);
  return tag && { name: tag.version, version: tag.version, commit: tag.commit };
}

/**
 * Reads where a release starts. `wired` is that of the environment, whose ledger says which versions were good. Throws
 * E_TAG_TAKEN, E_NOT_NEWER, E_NO_BRANCH, E_VERSION_SHAPE.
 */
export async function findBase(wired: Wired, version: Version, from: string): Promise<Base> {
  if (isCandidate(version)) throw countsItself(version);
  const { git } = wired.services;
  await git.sync();
  const taken = await git.tag(version);
  if (taken !== undefined) throw tagTaken(version, taken.commit);
  const newest = await findNewestGood(wired);
  if (newest !== undefined && compareReleases(newest, version) >= 0) throw notNewer(version, newest);
  const branchName = branchOf(wired.runbook, version);
  const tip = await git.branchTip(branchName);
  const base = tip ?? (await git.branchTip(from));
  if (base === undefined) throw await sayMissing(wired, from);
  const tags = await git.versions();
  return {
    branchName,
    tip,
    base,
    baseName: tip === undefined ? from : branchName,
    main: await git.branchTip(wired.runbook.source.main),
    before: await readTag(wired, newest),
    newest: await readTag(wired, listCandidates(version, tags)[0]),
    name: nextCandidate(version, tags),
  };
}
