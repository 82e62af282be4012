import { sayDuration } from '../../domain/duration.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import { foldPreflight, type PreflightRecord } from '../../ledger/approvals/fold-preflight.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import { listAgainst, makePreflightEvidence } from '../../ledger/approvals/preflight-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findLive, findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { findNewestRun } from '../approvals/find-newest-run.ts';
import { asEvidence, readBeforeFirst, sayBeside, sayUnreviewed } from '../approvals/read-reviews.ts';
import { commitOf } from '../approvals/run-evidence.ts';
import { takenOn } from '../approvals/taken-on.ts';
import { branchOf, listPrepared, pickPrepared, refuseUnknown } from '../facts/find-release.ts';
import { ageOf } from '../preflight/restore-finding.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';

const OTHER_CONFIG = 'The configuration here is another one than that of the preflight.';

type Found = Pick<DecisionAtHand, 'evidence' | 'about' | 'warnings' | 'noGround' | 'groundBy'>;

const nothing = (noGround: string): Found => ({
  evidence: undefined,
  about: noGround,
  noGround,
  warnings: [],
});

async function lookAt(
  version: Version,
  record: PreflightRecord,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Found> {
  const { clock, digest } = wired;
  const against = listAgainst(record.findings, record.because);
  const reviewed = await readBeforeFirst({ version, commit: record.commit, found: record }, events, wired);
  const age = sayDuration(ageOf(record, clock.now()));
  const call = against.length === 0 ? 'GO' : 'not GO';
  return {
    evidence: makePreflightEvidence(record, asEvidence(reviewed, wired)),
    about: `preflight ${call}, ${age} ago, ${record.findings.length} checks on ${record.commit.slice(0, 7)}`,
    warnings: [...(record.config === digest ? [] : [OTHER_CONFIG]), ...sayBeside(reviewed, wired)],
    // First what machines say, then who has not signed what comes before (E-111).
    ...(against.length > 0
      ? { noGround: `preflight is not GO: ${against.join(', ')}` }
      : sayUnreviewed(reviewed, version, wired)),
  };
}

/** Why a preflight says nothing of the candidate as it is; undefined: it does. */
export function whyNotAbout(record: PreflightRecord | undefined, tip: string, branch: string) {
  if (record === undefined) return 'no preflight of it is on record since the last run';
  if (record.commit === tip) return undefined;
  return `the preflight is about ${record.commit.slice(0, 7)}, and ${branch} is at ${tip.slice(0, 7)}`;
}

/** The version that is meant: as it was typed, or the one that is prepared. Throws E_VERSION_MISSING. */
export async function findVersion(typed: string | undefined, { services, runbook }: Wired): Promise<Version> {
  await services.git.sync();
  if (typed !== undefined) return parseReleaseVersion(typed);
  return pickPrepared('approve', await listPrepared(services.git, runbook));
}

/** Why it is too late for decision 1; undefined: it is not. */
async function findClosed(version: Version, events: readonly LedgerEvent[], { services }: Wired) {
  if (findLive(foldRuns(events))?.version === version) return `${version} is live already`;
  const tag = await services.git.tag(version);
  return tag === undefined ? undefined : `${version} is tagged, so it was released before`;
}

/** What a deploy began with that stands still now: people may take their word back, and give it again (F72). */
function findBegun(version: Version, open: RunState): Omit<DecisionAtHand, 'title' | 'outcomes'> {
  const taken = takenOn(open);
  return {
    ...{ point: 1, version, commit: commitOf(open), deployer: open.actor, warnings: [] },
    ...{ run: taken?.run ?? '', evidence: taken && makeEvidence(taken.items) },
    about: `what the deploy ${open.run} began with`,
    ...(taken === undefined ? { closed: `its deploy ${open.run} has begun` } : {}),
  };
}

/** Decision 1: may this version be deployed? Throws E_VERSION_UNKNOWN, E_VERSION_MISSING. */
export async function findFirstDecision(
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Omit<DecisionAtHand, 'title' | 'outcomes'>> {
  const { services, runbook } = wired;
  const version = await findVersion(typed, wired);
  const open = findOpenRun(foldRuns(events));
  if (open?.plan.command === 'deploy' && open.plan.version === version) return findBegun(version, open);
  const branch = branchOf(runbook, version);
  const closed = await findClosed(version, events, wired);
  const tip = await services.git.branchTip(branch);
  if (tip === undefined && closed === undefined)
    return refuseUnknown(version, branch, await listPrepared(services.git, runbook));
  const record = foldPreflight(events, version);
  const noGround = whyNotAbout(record, tip ?? '', branch);
  const isAbout = record !== undefined && noGround === undefined;
  return {
    ...{ point: 1, version, commit: tip ?? '', run: findNewestRun(events) },
    ...(isAbout ? await lookAt(version, record, events, wired) : nothing(noGround ?? '')),
    ...(closed === undefined ? {} : { closed }),
  };
}
