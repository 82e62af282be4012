import type { Plan } from '../../domain/plan.ts';
import { plural } from '../../domain/plural.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { startRun } from '../../engine/start-run.ts';
import { findDetected } from '../../ledger/find-detected.ts';
import { findRollbackRehearsal } from '../../ledger/find-rollback-rehearsal.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { planRollback, type RollbackFacts } from '../../plans/plan-rollback.ts';
import type { ServiceName } from '../../services/services.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, confirmLight, confirmWords, refuseUnlessInFull, sayWhoAgreed } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { type RollbackRequest, type RollbackStanding, readRollback } from '../facts/read-rollback-facts.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import { type LockChoice, readLockChoice } from '../runs/lock-choice.ts';
import { refuseSharedLedger } from '../runs/refuse-shared-ledger.ts';
import { clockOf } from '../runs/say-budget.ts';
import { tellRun } from '../runs/tell-run.ts';
import { waitForLock } from '../runs/wait-for-lock.ts';
import type { Wired } from '../wired.ts';
import { loadAhead } from '../wiring/load-ahead.ts';
import { chooseTarget } from './choose-target.ts';
import { findRestorePoint } from './find-restore-point.ts';
import { isThere } from './is-there.ts';
import { refuseMissing } from './refuse-missing.ts';
import { refuseNewer } from './refuse-newer.ts';
import { seeCode } from './see-code.ts';
import { writeRollbackPlan } from './write-rollback-plan.ts';

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : otherwise;

/** A way back needs no key to what it leaves alone: only a restore asks Neon, and --db none not even the database. */
const sparedBy = (db: RollbackRequest['db']): readonly ServiceName[] => [
  ...(db === 'restore' ? [] : ['neon' as const]),
  ...(db === 'none' ? ['postgres' as const] : []),
];

const told = (
  version: Version,
  text: string,
  wired: Wired,
  result: CommandResult['result'],
): CommandResult => ({
  exitCode: EXIT.ok,
  result,
  text,
  next: [],
  warnings: [],
  env: wired.env,
  version,
  sandbox: wired.runbook.sandbox,
});

async function readRequest(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<RollbackRequest> {
  return {
    to: await chooseTarget(options.to, context, wired),
    db: (options.db ?? 'auto') as RollbackRequest['db'],
    reason: textOf(options.reason, 'not said'),
    severity: textOf(options.severity, 'P1'),
    run: makeRunId(wired.clock, context.random),
  };
}

const inFull = (
  { to, db }: { readonly to: unknown; readonly db: unknown },
  { env, isBlind }: Pick<Wired, 'env' | 'isBlind'>,
) => {
  const way = db === 'restore' ? ' --db restore --accept-data-loss' : '';
  const glass = isBlind ? ' --break-glass --reason "…"' : '';
  return { env, inFull: `release rollback --to ${textOf(to, '<version>')}${way}${glass} --env ${env} --yes` };
};

/** The typed name, for a restore the typed loss, and a yes to a point that others could have written (ux 2.3). A script says both as flags. */
async function agree(
  request: RollbackRequest,
  { restore }: RollbackStanding,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<void> {
  if (restore !== undefined && !restore.isFromLedger)
    await confirmLight(
      context,
      `The restore point is from the ${restore.source}, not from the ledger. Take it?`,
    );
  if (restore !== undefined) {
    const words = `lose ${plural(restore.loss.minutes, 'minute')}`;
    await confirmWords(context, words, '--accept-data-loss', options.acceptDataLoss === true);
  }
  await confirmHeavy(context, inFull(request, wired));
}

/** A rollback pushes a deploy aside and waits for another rollback, before it plans: what that one does is its beginning. */
async function waitForOther(wired: Wired, lock: LockChoice, context: CliContext): Promise<void> {
  const open = findOpenRun(foldRuns(await wired.ledger.read(wired.scope)));
  if (open?.plan.command === 'rollback') await waitForLock(wired, lock, context);
}

/** What is asked for, and how the world stands; nothing is changed. */
async function lookAround(options: CommandOptions, context: CliContext, wired: Wired) {
  const seen = await seeCode(wired);
  const request = await readRequest(options, context, seen);
  const standing = await readRollback(seen, request, () => findRestorePoint(seen, request.to));
  await refuseNewer(request.to, standing, wired);
  const { facts } = standing;
  const detectedAt = findDetected(await wired.ledger.read(wired.scope), facts.from, request.severity);
  const known = { ...standing, facts: { ...facts, ...(detectedAt === undefined ? {} : { detectedAt }) } };
  return { seen, request, standing: known };
}

interface Agreed {
  readonly plan: Plan;
  readonly request: RollbackRequest;
  readonly facts: RollbackFacts;
  readonly lock: LockChoice;
}

/** What was agreed to, from the lock to the last word. */
async function carryOut(
  { plan, request, facts, lock }: Agreed,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { ledger, scope, runbook, digest } = wired;
  const { run, reason, severity } = request;
  const { detectedAt } = facts;
  const asked = { reason, severity, to: request.to, ...(detectedAt === undefined ? {} : { detectedAt }) };
  const actor = await context.readActor();
  const order = {
    ledger,
    scope,
    run,
    actor,
    reason: lock.takeover ?? `rolls back to ${request.to}`,
    takeover: lock.takeover !== undefined,
    preempt: 'rollback',
  } as const;
  await loadAhead(wired);
  const begun = { plan, request: asked, startedAt: wired.clock.now().toISOString() };
  const clock = clockOf(begun, runbook.severities);
  const held = await startRun(order, { plan, request: asked, configDigest: digest });
  // Beside the run, as its own messages are.
  const telling = tellTakeover({ run, plan, goesOn: 'begins' }, lock, wired);
  const result = await conductPlan(context, wired, { plan, held, clock });
  for (const line of await telling) context.out.note(line);
  return tellRun({ plan, run }, result, context, wired);
}

/** What the command that asks for a rollback has done already, or has to do before it begins. */
export interface RollbackCause {
  /** The flag of an earlier command line that agreed to it. */
  readonly agreed?: string;
  /** Called once people have agreed, before anything is changed. */
  readonly begins?: () => Promise<void>;
}

/** A new rollback: no gate, no window, no sign-off; only the typed name, and the lock, which it takes over. */
export async function startRollback(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  { agreed, begins }: RollbackCause = {},
): Promise<CommandResult> {
  const { flags, out } = context;
  const { ledger, scope, env, runbook } = wired;
  const [to, lock] = [options.to, readLockChoice(options)];
  if (typeof to === 'string' && to !== 'previous') parseReleaseVersion(to);
  if (!flags.plan && to !== undefined && agreed === undefined)
    refuseUnlessInFull(context, inFull({ to, db: options.db }, wired));
  refuseMissing(wired, sparedBy((options.db ?? 'auto') as RollbackRequest['db']));
  await refuseSharedLedger(wired);
  if (!flags.plan) await waitForOther(wired, lock, context);
  const { seen, request, standing } = await lookAround(options, context, wired);
  if (await isThere(standing, seen))
    return told(request.to, `  ✔ ${request.to} is already live on ${env}. Nothing to do.`, wired, {
      alreadyLive: true,
    });
  const plan = planRollback(standing.facts, runbook, env);
  const way = { ...standing.facts, data: standing.facts.data.kind };
  const rehearsed = findRollbackRehearsal(await ledger.read(scope), way);
  const text = writeRollbackPlan(plan, standing, await ledger.holder(scope), seen, rehearsed);
  const { restore } = standing;
  const found = restore
    ? { loss: { ...restore.loss, payments: restore.payments ?? null }, moves: restore.moves }
    : { loss: null };
  if (flags.plan) return told(request.to, text, wired, { plan: plan.digest, ...found });
  out.note(`${text}\n`);
  if (agreed !== undefined) await sayWhoAgreed(context, agreed);
  else await agree(request, standing, options, context, wired);
  await begins?.();
  return carryOut({ plan, request, facts: standing.facts, lock }, context, wired);
}
