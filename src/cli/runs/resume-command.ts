import { ReleaseError } from '../../domain/failure.ts';
import type { Plan } from '../../domain/plan.ts';
import { resumeRun } from '../../engine/start-run.ts';
import { findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy, refuseUnlessInFull } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { refuseMissing } from '../rollback/refuse-missing.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { loadAhead } from '../wiring/load-ahead.ts';
import { conductPlan } from './conduct-plan.ts';
import { type LockChoice, readLockChoice } from './lock-choice.ts';
import { refuseClosedWindow } from './refuse-closed-window.ts';
import { clockOf } from './say-budget.ts';
import { sayHandChanges } from './say-hand-changes.ts';
import { tellRun } from './tell-run.ts';
import { readVouched, recordVouched } from './vouched.ts';
import { waitForLock } from './wait-for-lock.ts';

/** Commands whose runs can go on. */
export type ResumedCommand = Extract<Plan['command'], 'deploy' | 'rollback'>;

/** One step of one run, and no more. */
interface OnlyStep {
  readonly run: string;
  readonly step: string;
}

/** The line that a script types: everything that was said, and the environment by name. */
function inFullOf(
  work: string,
  { acceptConfig, vouch }: CommandOptions,
  { takeover }: LockChoice,
  { env, isBlind }: Wired,
): string {
  const names = (vouch ?? []) as readonly string[];
  const more = [
    acceptConfig === true ? ' --accept-config' : '',
    ...names.map((name) => ` --vouch ${name}`),
    takeover ? ' --takeover' : '',
    isBlind ? ' --break-glass' : '',
    takeover || isBlind || names.length > 0 ? ' --reason "…"' : '',
  ];
  return `release ${work}${more.join('')} --env ${env} --yes`;
}

const configChanged = ({ plan, run }: RunState, command: ResumedCommand): ReleaseError =>
  new ReleaseError('E_CONFIG_CHANGED', {
    what: `The configuration is another one now than when ${plan.command} ${plan.version} (${run}) began.`,
    why: 'A run follows its stored plan; addresses, hooks and limits that its steps read would be the new ones.',
    next: `Put the configuration back, or go on with the new one: release ${command} --resume --accept-config --env ${plan.env}`,
    state: 'partly-done',
  });

/** Refuses to go on with another configuration than the one the run began with, unless that was agreed to. */
const refuseOther =
  (command: ResumedCommand, digest: string, isAccepted: boolean) =>
  (open: RunState): void => {
    if (open.configDigest !== digest && !isAccepted) throw configChanged(open, command);
  };

/** Kept for the report: who let it go on outside of the window, and why. */
const recordOutside = (reason: string, run: string, { ledger, scope }: Wired, epoch: number) =>
  ledger.note(scope, {
    id: `${run}:outside-window:${epoch}`,
    run,
    type: 'fact',
    data: { name: 'resumed-outside-window', value: { reason } },
  });

async function noteAll(lines: Promise<readonly string[]>, { out }: Pick<CliContext, 'out'>): Promise<void> {
  for (const line of await lines) out.note(line);
}

/**
 * Goes on with the interrupted run of this command, from its stored plan (never a newly made one), to its end or with
 * one step alone. Throws E_CONFIG_CHANGED, before anybody is asked and before the lock is taken, when the configuration is another one now.
 */
export async function resumeCommand(
  command: ResumedCommand,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  only?: OnlyStep,
): Promise<CommandResult> {
  const { ledger, scope, env } = wired;
  const isAccepted = options.acceptConfig === true;
  const lock = readLockChoice(options);
  const work = only ? `step run ${only.run} ${only.step}` : `${command} --resume`;
  const inFull = inFullOf(work, options, lock, wired);
  refuseUnlessInFull(context, { env, inFull });
  await waitForLock(wired, lock, context);
  const refuse = refuseOther(command, wired.digest, isAccepted);
  const open = findOpenRun(foldRuns(await ledger.read(scope)));
  if (open?.plan.command === command) refuse(open);
  const vouched = readVouched(options, open?.plan);
  const outside =
    open && command === 'deploy' ? refuseClosedWindow(open, options, context, wired) : undefined;
  await confirmHeavy(context, { env, inFull });
  // A restore may have been planned, so that the database's keys are needed; messages still hold nothing up.
  if (command === 'rollback') refuseMissing(wired, []);
  else if (wired.missing.length > 0) throw missingSecrets(wired.missing, wired.checks);
  const actor = await context.readActor();
  const reason = lock.takeover ?? `resumes ${command}`;
  const order = { ledger, scope, actor, reason, takeover: lock.takeover !== undefined };
  await loadAhead(wired);
  const { held, state } = await resumeRun(order, command, refuse, only?.run);
  const { plan, run, configDigest } = state;
  const telling = tellTakeover({ run, plan, goesOn: 'goes on' }, lock, wired);
  // A rollback waits for nobody: there it is told beside the run.
  if (command !== 'rollback') await noteAll(telling, context);
  if (vouched !== undefined) await recordVouched(vouched, held, wired);
  if (outside !== undefined) await recordOutside(outside, run, wired, held.epoch);
  if (configDigest !== wired.digest)
    context.out.note(
      '  ▲ The configuration has changed since this run began; its stored plan is followed with the new one.',
    );
  for (const line of command === 'deploy' ? await sayHandChanges(state, wired) : []) context.out.note(line);
  const clock = clockOf(state, wired.runbook.severities);
  const result = await conductPlan(context, wired, {
    ...{ plan, held, until: only?.step, clock },
    vouched: vouched?.steps,
  });
  if (command === 'rollback') await noteAll(telling, context);
  return tellRun({ plan, run }, result, context, wired);
}
