import { ReleaseError } from '../../domain/failure.ts';
import { nextFreePatch } from '../../domain/next-patch.ts';
import type { Version } from '../../domain/version.ts';
import { findLive, foldRuns } from '../../ledger/fold.ts';
import type { CommandOptions } from '../command.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';

const twice = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--hotfix says already from where: not together with --from.',
    next: 'Leave one of the two out.',
    state: 'untouched',
  });

const nobodyKnows = (env: string, main: string, version: Version): ReleaseError =>
  new ReleaseError('E_HOTFIX', {
    what: `The ledger of ${env} has no release, so that nobody knows what ${version} would be a hotfix of.`,
    next: `Look at what is live, then say it yourself: release prepare ${version} --from ${main}`,
    state: 'untouched',
  });

const notNext = (version: Version, live: string, wanted: Version | undefined, main: string): ReleaseError =>
  new ReleaseError('E_HOTFIX', {
    what: `${version} is not the next free patch of ${live}, which is live.`,
    why: 'A hotfix brings a fix to what users have, and nothing else.',
    next: `${wanted === undefined ? '' : `release prepare ${wanted} --hotfix; or, `}where it is meant: release prepare ${version} --from ${main}`,
    state: 'untouched',
  });

/**
 * The branch that a release is cut from: source.develop, the one that --from names, or for --hotfix source.main (PIR-16). Throws
 * E_HOTFIX for a version that is not the next patch, of those that are not tagged, of what is live by the ledger, and
 * E_FLAG_REFUSED for both flags.
 */
export async function findSource(version: Version, options: CommandOptions, wired: Wired): Promise<string> {
  const { develop, main } = wired.runbook.source;
  const from = typeof options.from === 'string' ? options.from : undefined;
  if (options.hotfix !== true) return from ?? develop;
  if (from !== undefined) throw twice();
  const live = findLive(foldRuns(await wired.ledger.read(wired.scope)))?.version;
  if (live === undefined) throw nobodyKnows(wired.env, main, version);
  await wired.services.git.sync();
  const wanted = nextFreePatch(live, new Set(await listReleased(wired.services.git)));
  if (wanted !== version) throw notNext(version, live, wanted, main);
  return main;
}
