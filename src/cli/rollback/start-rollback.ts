import type { Plan } from '../../domain/plan.ts';
import { plural } from '../../domain/plural.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { startRun } from '../../engine/start-run.ts';
import { findRollbackRehearsal } from '../../ledger/find-rollback-rehearsal.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { planRollback } from '../../plans/plan-rollback.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';
import type { ServiceName } from '../../services/services.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, confirmLight, confirmWords, refuseUnlessInFull, sayWhoAgreed } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { RollbackRequest, RollbackStanding } from '../facts/read-rollback-facts.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { estimate } from '../rehearse/estimate.ts';
import { estimateAsJson } from '../rehearse/estimate-as-json.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import { type LockChoice, readLockChoice } from '../runs/lock-choice.ts';
import { refuseSharedLedger } from '../runs/refuse-shared-ledger.ts';
import { clockOf } from '../runs/say-budget.ts';
import { tellRun } from '../runs/tell-run.ts';
import { waitForLock } from '../runs/wait-for-lock.ts';
import type { Wired } from '../wired.ts';
import { loadAhead } from '../wiring/load-ahead.ts';
import { isThere } from './is-there.ts';
import { lookAround } from './look-around.ts';
import { makeAsked } from './make-asked.ts';
import { refuseMissing } from './refuse-missing.ts';
import { tellStanding } from './tell-standing.ts';
import { textOf } from './text-of.ts';
import { writeRollbackPlan } from './write-rollback-plan.ts';

/** A way back needs no key to what it leaves alone: only a restore asks Neon, and --db none not even the database. */
const sparedBy = (db: RollbackRequest['db']): readonly ServiceName[] => [
  ...(db === 'restore' ? [] : ['neon' as const]),
  ...(db === 'none' ? ['postgres' as const] : []),
];

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

interface Agreed {
  readonly plan: Plan;
  readonly request: RollbackRequest;
  readonly facts: RollbackFacts;
  readonly agreed: string | undefined;
  readonly lock: LockChoice;
  /** Every part of the program, on its way into memory. */
  readonly loading: Promise<void>;
}

/** What was agreed to, from the lock to the last word. */
async function carryOut(
  { plan, request, facts, agreed, lock, loading }: Agreed,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { ledger, scope, runbook, digest } = wired;
  const { run } = request;
  const actor = facts.orderedBy ?? (await context.readActor());
  const asked = makeAsked(request.to, { ...facts, orderedBy: actor, agreed }, runbook.severities);
  const order = {
    ledger,
    scope,
    run,
    actor,
    reason: lock.takeover ?? `rolls back to ${request.to}`,
    takeover: lock.takeover !== undefined,
    preempt: 'rollback',
  } as const;
  await loading;
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
  const looking = lookAround(options, context, wired);
  // The questions have left: while the world is waited for, there is time to load what the run will need.
  const loading = flags.plan ? Promise.resolve() : loadAhead(wired, options.db === 'restore' ? [] : ['neon']);
  loading.catch(() => undefined);
  const { seen, request, standing } = await looking;
  if (await isThere(standing, seen))
    return tellStanding(request.to, `  ✔ ${request.to} is already live on ${env}. Nothing to do.`, wired, {
      alreadyLive: true,
    });
  const plan = planRollback(standing.facts, runbook, env);
  const way = { ...standing.facts, data: standing.facts.data.kind };
  const rehearsed = findRollbackRehearsal(await ledger.read(scope), way);
  const { severity } = request;
  const estimated = await estimate(plan, new Map(), severity, seen);
  const text = writeRollbackPlan(plan, standing, await ledger.holder(scope), seen, { estimated, rehearsed });
  const { restore } = standing;
  const found = restore
    ? { loss: { ...restore.loss, payments: restore.payments ?? null }, moves: restore.moves }
    : { loss: null };
  if (flags.plan) {
    const time = { estimate: estimateAsJson(estimated, severity) };
    return tellStanding(request.to, text, wired, { plan: plan.digest, ...found, ...time });
  }
  out.note(`${text}\n`);
  if (agreed !== undefined) await sayWhoAgreed(context, agreed);
  else await agree(request, standing, options, context, wired);
  await begins?.();
  return carryOut({ plan, request, facts: standing.facts, agreed, lock, loading }, context, wired);
}
