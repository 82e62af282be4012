import type { Plan } from '../../domain/plan.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import { endReached } from '../../engine/end-run.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { startRun } from '../../engine/start-run.ts';
import type { Held } from '../../ledger/ledger.ts';
import { planDeploy } from '../../plans/plan-deploy.ts';
import { planIdOf } from '../../plans/plan-id.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, refuseUnlessInFull } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { areUsersOut } from '../facts/are-users-out.ts';
import { listPrepared, pickPrepared } from '../facts/find-release.ts';
import { readStanding, type Standing } from '../facts/read-deploy-facts.ts';
import { withRehearsal } from '../facts/with-rehearsal.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import { type LockChoice, readLockChoice } from '../runs/lock-choice.ts';
import { refuseSharedLedger } from '../runs/refuse-shared-ledger.ts';
import { tellRun } from '../runs/tell-run.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { loadAhead } from '../wiring/load-ahead.ts';
import { askGate } from './ask-gate.ts';
import { checkBusy } from './check-busy.ts';
import { refuseCandidate } from './refuse-candidate.ts';
import { refuseLateYes } from './refuse-late-yes.ts';
import { refuseLocalLedger } from './refuse-local-ledger.ts';
import { refuseMovedSchema } from './refuse-moved-schema.ts';
import { refuseOtherBranch } from './refuse-other-branch.ts';
import { refuseOtherPlan } from './refuse-other-plan.ts';
import { refuseUnsigned, type Signed } from './refuse-unsigned.ts';
import { writeDeployPlan } from './write-deploy-plan.ts';

const inFull = (version: string | undefined, env: string, onlyBegins: boolean) => ({
  env,
  inFull: `release ${onlyBegins ? 'step begin' : 'deploy'} ${version ?? 'v1.2.3'} --env ${env} --yes`,
});

/** The typed version, or the only one that is prepared. */
async function findVersion(typed: string | undefined, { services, runbook }: Wired): Promise<Version> {
  if (typed !== undefined) return parseReleaseVersion(typed);
  await services.git.sync();
  return pickPrepared('deploy', await listPrepared(services.git, runbook));
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

/** A run that only begins is recorded, and waits for whoever drives its steps. */
async function carryOut(
  { plan, held, onlyBegins }: { readonly plan: Plan; readonly held: Held; readonly onlyBegins: boolean },
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { run } = held;
  const result = onlyBegins
    ? { ...(await endReached(run, { ledger: wired.ledger, held })), facts: {}, tookMs: 0 }
    : await conductPlan(context, wired, { plan, held });
  return tellRun({ plan, run }, result, context, wired);
}

interface Beginning {
  readonly plan: Plan;
  readonly run: string;
  /** The newest run when the plan was made. */
  readonly lastRun: string;
  readonly lock: LockChoice;
  readonly gate: { readonly needsWindow: boolean };
  readonly signed: Signed | undefined;
}

/** Takes the lock and records what was agreed to; whoever lost a lock by it is told. */
async function begin(
  { plan, run, lastRun, lock, gate, signed }: Beginning,
  context: CliContext,
  wired: Wired,
): Promise<Held> {
  const { version } = plan;
  const order = {
    ledger: wired.ledger,
    scope: wired.scope,
    run,
    actor: await context.readActor(),
    reason: lock.takeover ?? `deploys ${version}`,
    takeover: lock.takeover !== undefined,
    lastRun,
  };
  const taken = signed?.taken && {
    items: signed.taken.items.map((one) => ({ ...one })),
    run: signed.taken.run,
  };
  const request = {
    ...{ version, by: 'command line', needsWindow: gate.needsWindow },
    ...(taken === undefined ? {} : { decision1: taken }),
  };
  await loadAhead(wired);
  const held = await startRun(order, { plan, request, configDigest: wired.digest });
  for (const line of await tellTakeover({ run, plan, goesOn: 'begins' }, lock, wired)) context.out.note(line);
  return held;
}

/** A new deploy: facts, gate, plan, the typed yes, and then the run. */
export async function startDeploy(
  typed: string | undefined,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  { onlyBegins = false } = {},
): Promise<CommandResult> {
  if (typed !== undefined) refuseCandidate(parseReleaseVersion(typed));
  refuseOtherBranch(wired);
  if (!context.flags.plan) refuseUnlessInFull(context, inFull(typed, wired.env, onlyBegins));
  if (wired.missing.length > 0) throw missingSecrets(wired.missing, wired.checks);
  const lock = readLockChoice(options);
  refuseLocalLedger(options, wired);
  await refuseSharedLedger(wired);
  const lastRun = await checkBusy(wired, lock, context);
  const version = await findVersion(typed, wired);
  const run = makeRunId(wired.clock, context.random);
  const standing = await readStanding(wired, version, run);
  if (standing.kind === 'live')
    return (await areUsersOut(wired, standing.live))
      ? liveBehindMaintenance(version, wired)
      : alreadyLive(version, wired, standing);
  const { facts } = standing;
  const gate = await askGate(facts, options, context, wired);
  if (gate.call === 'no') return gate.refusal;
  const signed = await refuseUnsigned(facts, gate.findings, context, wired);
  // Read after the gate: it may have renewed the rehearsal.
  const known = await withRehearsal(facts, wired);
  await refuseMovedSchema(known, wired);
  const plan = planDeploy(known, wired.runbook, wired.env);
  const id = planIdOf(known, wired.runbook, wired.env);
  refuseOtherPlan(options.planId, id, known);
  const text = writeDeployPlan(
    plan,
    { id, gate: gate.said, at: facts.at, ...(signed ? { signed: signed.said } : {}) },
    wired,
  );
  if (context.flags.plan) return planned(id, text, version, wired);
  context.out.note(`${text}\n`);
  await confirmHeavy(context, inFull(version, wired.env, onlyBegins));
  refuseLateYes(gate, wired);
  const held = await begin({ plan, run, lastRun, lock, gate, signed }, context, wired);
  return carryOut({ plan, held, onlyBegins }, context, wired);
}

const planned = (id: string, text: string, version: string, { env, runbook }: Wired): CommandResult => ({
  exitCode: EXIT.ok,
  verdict: 'go',
  result: { plan: id },
  text,
  next: [`release deploy ${version} --plan-id ${id} --env ${env}`],
  warnings: [],
  env,
  version,
  sandbox: runbook.sandbox,
});
