import { ReleaseError } from '../../domain/failure.ts';
import { BEFORE } from '../../domain/handoff/before.ts';
import { foldPreflight } from '../../ledger/approvals/fold-preflight.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import { listPrepared, pickPrepared } from '../facts/find-release.ts';
import { readRelease } from '../preflight/read-release.ts';
import type { Wired } from '../wired.ts';
import { askEvidence } from './ask-evidence.ts';
import { listBeforeFiles } from './list-before-files.ts';
import type { Meeting } from './meeting.ts';
import { proveBefore } from './prove-before.ts';
import { proveItems } from './prove-items.ts';
import { proveReviews } from './prove-reviews.ts';
import { readDeployPlan } from './read-deploy-plan.ts';

const noCommit = (version: string): ReleaseError =>
  new ReleaseError('E_HANDOFF_SUBJECT', {
    what: `Nobody can say which commit ${version} is: the remote of the code does not answer.`,
    why: 'A handoff is about one candidate; signed for another one it would be worth nothing.',
    next: 'release handoff before, when the remote answers',
    state: 'untouched',
  });

async function findVersion(typed: string | undefined, { services, runbook }: Wired): Promise<string> {
  if (typed !== undefined) return typed;
  await services.git.sync();
  return pickPrepared('handoff before', await listPrepared(services.git, runbook));
}

/** Development to operations (HOP rows): what preflight's checks and the candidate itself say of each item. */
export async function readBefore(
  typed: string | undefined,
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<Meeting> {
  const release = await readRelease(wired, await findVersion(typed, wired));
  const { version, commit } = release;
  if (commit === undefined) throw noCommit(version);
  const ids = BEFORE.flatMap(({ checks = [] }) => checks);
  const candidate = { version, commit, found: foldPreflight(events, version) };
  const [{ byCheck, findings, warnings }, plan, facts, reviews, notes] = await Promise.all([
    askEvidence(ids, release, events, context, wired),
    readDeployPlan(release, context, wired),
    proveBefore(release, wired),
    proveReviews(candidate, events, wired),
    wired.services.git.readFile(commit, wired.runbook.source.changelog),
  ]);
  return {
    kind: 'before',
    version,
    subject: `${version} ${commit}`,
    about: `${version}, candidate ${commit.slice(0, 7)}, to ${wired.env}`,
    items: BEFORE,
    proofs: proveItems(BEFORE, byCheck, { ...facts, ...reviews, 'deploy-plan': plan.proof }),
    commit,
    files: () => listBeforeFiles({ version, plan: plan.text, notes: notes ?? '', findings }, wired),
    warnings,
  };
}
