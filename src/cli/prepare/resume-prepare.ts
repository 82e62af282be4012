import { ReleaseError } from '../../domain/failure.ts';
import { abandonRun, resumeRun } from '../../engine/start-run.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { conductPlan } from '../runs/conduct-plan.ts';
import { type LockChoice, readLockChoice } from '../runs/lock-choice.ts';
import { tellRun } from '../runs/tell-run.ts';
import { waitForLock } from '../runs/wait-for-lock.ts';
import type { Wired } from '../wired.ts';
import { isBackMerge } from './is-back-merge.ts';

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--abandon needs a reason.',
    why: 'What was pushed stays pushed; whoever comes next must know why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

const configChanged = ({ plan, run }: RunState): ReleaseError =>
  new ReleaseError('E_CONFIG_CHANGED', {
    what: `The configuration is another one now than when prepare ${plan.version} (${run}) began.`,
    why: 'What was shown, like the files that carry the version, depends on it.',
    next: 'Put the configuration back, or give the run up and plan anew: release prepare --abandon --reason "…"',
    state: 'partly-done',
  });

function sayPushed(done: readonly string[]): string {
  if (done.includes('back-merge')) return 'The merge was pushed, and stays.';
  if (done.includes('candidate')) return 'Branch and candidate were pushed, and stay.';
  return 'Nothing of it is known to be pushed.';
}

const orderOf = async (
  { ledger, scope }: Wired,
  { takeover }: LockChoice,
  reason: string,
  context: CliContext,
) => ({
  ledger,
  scope,
  actor: await context.readActor(),
  reason: takeover ?? reason,
  takeover: takeover !== undefined,
});

/** Goes on with the preparation that was interrupted, by its stored plan. `wired` has the scope of preparations. */
export async function resumePrepare(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const lock = readLockChoice(options);
  await waitForLock(wired, lock, context);
  await confirmLight(context, 'Go on with the interrupted preparation?');
  const order = await orderOf(wired, lock, 'resumes prepare', context);
  const { held, state } = await resumeRun(order, 'prepare', (open) => {
    if (open.configDigest !== wired.digest) throw configChanged(open);
  });
  const { plan, run } = state;
  return tellRun({ plan, run }, await conductPlan(context, wired, { plan, held }), context, wired);
}

/** Gives an interrupted preparation up: what was pushed stays, the lock is free, the reason is recorded. */
export async function abandonPrepare(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const reason = typeof options.reason === 'string' ? options.reason.trim() : '';
  if (reason === '') throw noReason();
  const lock = readLockChoice(options);
  await waitForLock(wired, lock, context);
  await confirmLight(context, 'Give the interrupted preparation up?');
  const order = await orderOf(wired, lock, reason, context);
  const { run, plan, entries } = await abandonRun({ ...order, reason });
  const done = plan.entries.filter(({ name }) => entries[name]?.state === 'done').map(({ name }) => name);
  return {
    exitCode: EXIT.ok,
    verdict: 'stopped',
    result: { run, abandoned: true, done },
    text: `  ⊘ prepare ${plan.version} was given up. ${sayPushed(done)}`,
    next: [`release prepare ${isBackMerge(plan) ? '--back-merge' : plan.version} --plan`],
    warnings: [],
    version: plan.version,
    run,
    sandbox: wired.runbook.sandbox,
  };
}
