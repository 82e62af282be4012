import { ReleaseError } from '../../domain/failure.ts';
import { isSameBuild } from '../../domain/same-build.ts';
import { parseReleaseVersion, saidBy, type Version } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { findStaged } from '../../ledger/find-staged.ts';
import { type CandidateFacts, planCandidate } from '../../plans/plan-candidate.ts';
import { shortIdOf } from '../../plans/plan-id.ts';
import { type CandidateStanding, readCandidate } from '../candidate/read-candidate.ts';
import { writeCandidatePlan } from '../candidate/write-candidate-plan.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, refuseUnlessInFull } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { listPrepared, pickPrepared } from '../facts/find-release.ts';
import { readLockChoice } from '../runs/lock-choice.ts';
import { refuseSharedLedger } from '../runs/refuse-shared-ledger.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { askGate } from './ask-gate.ts';
import { beginDeploy } from './begin-deploy.ts';
import { checkBusy } from './check-busy.ts';
import { inFull } from './in-full.ts';
import { refuseLateYes } from './refuse-late-yes.ts';
import { tellPlanned } from './tell-planned.ts';

/** The typed version, or the only one that is prepared. */
async function findVersion(typed: string | undefined, { services, runbook }: Wired): Promise<Version> {
  if (typed !== undefined) return parseReleaseVersion(typed);
  await services.git.sync();
  return pickPrepared('deploy', await listPrepared(services.git, runbook));
}

/** True when it runs there and a deploy of it came to its good end: what somebody published by hand was tested by nobody. */
async function isStaged({ facts, live }: CandidateStanding, { ledger, scope }: Wired): Promise<boolean> {
  const { version, commit } = facts;
  const isLive = live !== undefined && isSameBuild(live, { ...saidBy(version), commit });
  if (!isLive || live.commit === undefined || live.maintenance === true) return false;
  return findStaged(await ledger.read(scope), commit)?.end === 'completed';
}

const alreadyThere = ({ version, commit }: CandidateFacts, { env, runbook }: Wired): CommandResult => ({
  exitCode: EXIT.ok,
  verdict: 'completed',
  result: { alreadyLive: true, commit },
  text: `  ✔ ${version} is already live on ${env}, tested there. Nothing to do.`,
  next: [],
  warnings: [],
  env,
  version,
  sandbox: runbook.sandbox,
});

function refuseOther(
  wanted: unknown,
  id: string,
  { version, commit, from, pending }: CandidateFacts,
  env: string,
) {
  if (wanted === undefined || wanted === id) return;
  throw new ReleaseError('E_PLAN_STALE', {
    what: `Plan ${String(wanted)} no longer holds; the plan is ${id} now.`,
    why: `Now ${version} is ${commit.slice(0, 7)}, live ${from || 'not known'}, ${pending.length} migrations pending; one of these, the branch or the configuration has moved.`,
    next: `Look again: release deploy ${version} --plan --env ${env}`,
    state: 'untouched',
  });
}

/**
 * A candidate to an environment where it is tried (PRE-15): facts, a lighter gate, plan, the typed yes, and then the run.
 * No window, no sign-off; nothing of main or of another environment is touched.
 */
export async function startCandidate(
  typed: string | undefined,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  onlyBegins: boolean,
): Promise<CommandResult> {
  const { env, runbook } = wired;
  if (!context.flags.plan) refuseUnlessInFull(context, inFull(typed, env, onlyBegins));
  if (wired.missing.length > 0) throw missingSecrets(wired.missing, wired.checks);
  const lock = readLockChoice(options);
  await refuseSharedLedger(wired);
  const lastRun = await checkBusy(wired, lock, context);
  const run = makeRunId(wired.clock, context.random);
  const standing = await readCandidate(wired, await findVersion(typed, wired), run);
  const { facts } = standing;
  if (await isStaged(standing, wired)) return alreadyThere(facts, wired);
  const gate = await askGate({ ...facts, branch: facts.commit }, options, context, wired);
  if (gate.call === 'no') return gate.refusal;
  const plan = planCandidate(facts, runbook, env);
  const id = shortIdOf((timeless) => planCandidate({ ...facts, ...timeless }, runbook, env));
  refuseOther(options.planId, id, facts, env);
  const text = writeCandidatePlan(plan, facts, { id, gate: gate.said }, wired);
  if (context.flags.plan) return tellPlanned(id, text, facts.version, wired);
  context.out.note(`${text}\n`);
  await confirmHeavy(context, inFull(facts.version, env, onlyBegins));
  refuseLateYes(gate, wired);
  return beginDeploy({ plan, run, lastRun, lock, gate, signed: undefined }, onlyBegins, context, wired);
}
