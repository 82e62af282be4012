import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { readReleaseNotes } from '../../domain/release-notes.ts';
import { compareReleases, type Version } from '../../domain/version.ts';
import { findPending, readMigrations } from '../../kit.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import type { TagFacts } from '../../services/git/port.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';
import { branchOf, listPrepared, refuseUnknown } from './find-release.ts';
import { sayNextNumber } from './say-next-number.ts';

/** Where a version stands before anything is planned. */
export type Standing =
  | { readonly kind: 'live'; readonly live: LiveVersion; readonly tag: TagFacts }
  | { readonly kind: 'ready'; readonly facts: DeployFacts };

/** What the application says it runs, with a `v`; empty when it cannot be asked or there is no host. */
async function readLive(wired: Wired): Promise<LiveVersion | undefined> {
  if (!wired.configured.has('host')) return undefined;
  try {
    return await wired.services.host.liveVersion(wired.env);
  } catch (error) {
    if (isReleaseError(error, 'E_APP_DOWN')) return undefined;
    throw error;
  }
}

/** Where a published version can still go; `live` is with a `v`, '' while the application does not say. */
async function sayWayOn(version: Version, live: string, { env, services }: Wired): Promise<string> {
  const again = `release rollback --to ${version} --plan --env ${env}`;
  if (live !== '' && compareReleases(version, live) < 0) return `To go back to it: ${again}`;
  const next = await sayNextNumber(version, live, services.git);
  return live === '' ? `If it is the one that is live: ${again}. Else: ${next}` : next;
}

async function tagTaken(version: Version, tag: TagFacts, live: string, wired: Wired): Promise<ReleaseError> {
  return new ReleaseError('E_TAG_TAKEN', {
    what: `${version} was already tagged at ${tag.commit.slice(0, 7)}, but ${live || 'no version that answers'} is live.`,
    why: 'A published version is never released a second time.',
    next: await sayWayOn(version, live, wired),
    state: 'untouched',
  });
}

/** Migration files of a commit that the database of the environment does not have yet, in order. */
export async function readPending(wired: Wired, commit: string): Promise<readonly string[]> {
  const settings = wired.runbook.migrations;
  if (settings === undefined || !wired.configured.has('postgres')) return [];
  const files = await readMigrations(wired.services.git, commit, settings);
  const applied = await wired.services.postgres.appliedMigrations(wired.env, settings.journal);
  return findPending(files, applied).map((file) => file.tag);
}

/**
 * Reads what a deploy of `version` would start from. Throws E_VERSION_UNKNOWN when there is no such release and
 * E_TAG_TAKEN when it was published before and is not live.
 */
export async function readStanding(wired: Wired, version: Version, run: string): Promise<Standing> {
  const { git } = wired.services;
  const { runbook } = wired;
  await git.sync();
  const branchName = branchOf(runbook, version);
  const [main, branch, tag, live] = await Promise.all([
    git.branchTip(runbook.source.main),
    git.branchTip(branchName),
    git.tag(version),
    readLive(wired),
  ]);
  const from = live ? `v${live.version}` : '';
  if (tag !== undefined && live !== undefined && from === version) return { kind: 'live', live, tag };
  if (tag !== undefined) throw await tagTaken(version, tag, from, wired);
  if (branch === undefined || main === undefined)
    return refuseUnknown(version, branchName, await listPrepared(git, runbook));
  const facts: DeployFacts = {
    version,
    from,
    main,
    branch,
    branchName,
    pending: await readPending(wired, branch),
    at: wired.clock.now().toISOString(),
    configDigest: wired.digest,
    run,
    notes: readReleaseNotes((await git.readFile(branch, runbook.source.changelog)) ?? '', version),
  };
  return { kind: 'ready', facts };
}
