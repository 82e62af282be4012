import { carriesCandidates } from '../../config/carries-candidates.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { planDeploy } from '../../plans/plan-deploy.ts';
import { planIdOf } from '../../plans/plan-id.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, refuseUnlessInFull } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { areUsersOut } from '../facts/are-users-out.ts';
import { listPrepared, pickPrepared, refuseUnnamed } from '../facts/find-release.ts';
import { readStanding, type Standing } from '../facts/read-deploy-facts.ts';
import { withRehearsal } from '../facts/with-rehearsal.ts';
import { readLockChoice } from '../runs/lock-choice.ts';
import { refuseSharedLedger } from '../runs/refuse-shared-ledger.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { askGate } from './ask-gate.ts';
import { beginDeploy } from './begin-deploy.ts';
import { checkBusy } from './check-busy.ts';
import { inFull } from './in-full.ts';
import { refuseCandidate } from './refuse-candidate.ts';
import { refuseLateYes } from './refuse-late-yes.ts';
import { refuseLocalLedger } from './refuse-local-ledger.ts';
import { refuseMovedSchema } from './refuse-moved-schema.ts';
import { refuseOtherBranch } from './refuse-other-branch.ts';
import { refuseOtherPlan } from './refuse-other-plan.ts';
import { refuseUnsigned } from './refuse-unsigned.ts';
import { startCandidate } from './start-candidate.ts';
import { tellPlanned } from './tell-planned.ts';
import { writeDeployPlan } from './write-deploy-plan.ts';

/** The typed version, or at a terminal, where the plan names it before the question, the only one that is prepared. */
async function findVersion(typed: string | undefined, context: CliContext, wired: Wired): Promise<Version> {
  if (typed !== undefined) return parseReleaseVersion(typed);
  const { services, runbook } = wired;
  await services.git.sync();
  const only = pickPrepared('deploy', await listPrepared(services.git, runbook));
  if (context.flags.plan || !context.flags.yes) return only;
  throw refuseUnnamed(only, wired.env);
}

const alreadyLive = (version: Version, { env, runbook }: Wired, live: Standing): CommandResult => ({
  exitCode: EXIT.ok,
  verdict: 'completed',
  result: { alreadyLive: true, commit: live.kind === 'live' ? live.tag.commit : null },
  text: `  ✔ ${version} is already live on ${env}. Nothing to do.`,
  next: [],
  warnings: [],
  env,
  version,
  sandbox: runbook.sandbox,
});

/** A run that was given up has left maintenance mode on; going back to the same version proves it and opens it. */
const liveBehindMaintenance = (version: Version, { env, runbook }: Wired): CommandResult => ({
  exitCode: EXIT.unsafe,
  verdict: 'unsafe',
  result: { alreadyLive: true, maintenance: true },
  text: `  ▲ ${version} is live on ${env}, but maintenance mode is on: users are locked out.`,
  next: [`release rollback --to ${version} --env ${env}`, `release status --env ${env}`],
  warnings: [],
  env,
  version,
  sandbox: runbook.sandbox,
});

/** A new deploy: facts, gate, plan, the typed yes, and then the run. */
export async function startDeploy(
  typed: string | undefined,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  { onlyBegins = false } = {},
): Promise<CommandResult> {
  if (carriesCandidates(wired.runbook, wired.env))
    return startCandidate(typed, options, context, wired, onlyBegins);
  if (typed !== undefined) refuseCandidate(parseReleaseVersion(typed), wired);
  refuseOtherBranch(wired);
  if (!context.flags.plan) refuseUnlessInFull(context, inFull(typed, wired.env, onlyBegins));
  if (wired.missing.length > 0) throw missingSecrets(wired.missing, wired.checks);
  const lock = readLockChoice(options);
  refuseLocalLedger(options, wired);
  await refuseSharedLedger(wired);
  const lastRun = await checkBusy(wired, lock, context);
  const version = await findVersion(typed, context, wired);
  const run = makeRunId(wired.clock, context.random);
  const standing = await readStanding(wired, version, run);
  if (standing.kind === 'live')
    return (await areUsersOut(wired, standing.live))
      ? liveBehindMaintenance(version, wired)
      : alreadyLive(version, wired, standing);
  const { facts } = standing;
  const gate = await askGate(facts, options, context, wired);
  if (gate.call === 'no') return gate.refusal;
  // Both read after the gate: it may have renewed the rehearsal.
  const [signed, known] = await Promise.all([
    refuseUnsigned(facts, gate.findings, context, wired),
    withRehearsal(facts, wired),
  ]);
  await refuseMovedSchema(known, wired);
  const plan = planDeploy(known, wired.runbook, wired.env);
  const id = planIdOf(known, wired.runbook, wired.env);
  refuseOtherPlan(options.planId, id, known);
  const text = writeDeployPlan(
    plan,
    { id, gate: gate.said, at: facts.at, ...(signed ? { signed: signed.said } : {}) },
    wired,
  );
  if (context.flags.plan) return tellPlanned(id, text, version, wired);
  context.out.note(`${text}\n`);
  await confirmHeavy(context, inFull(version, wired.env, onlyBegins));
  refuseLateYes(gate, wired);
  return beginDeploy({ plan, run, lastRun, lock, gate, signed }, onlyBegins, context, wired);
}
