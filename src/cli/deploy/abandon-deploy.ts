import { ReleaseError } from '../../domain/failure.ts';
import { abandonRun } from '../../engine/start-run.ts';
import {
  findJobsPausedSince,
  findMaintenanceSince,
  findTrafficAwaySince,
  type HeldBack,
} from '../../ledger/find-held.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { sayLockedOut, sayPausedJobs, sayTrafficAway } from '../../report/held-text.ts';
import { showCard } from '../card/show-card.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { tellTakeover } from '../messages/tell-takeover.ts';
import { readLockChoice } from '../runs/lock-choice.ts';
import { waitForLock } from '../runs/wait-for-lock.ts';
import type { Wired } from '../wired.ts';

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--abandon needs a reason.',
    why: 'What is in place stays in place; whoever comes next must know why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

/** What stays held back from users when nobody goes on, by the ledger; whoever gives up must read it here. */
async function readHeld({ ledger, scope }: Wired) {
  const runs = foldRuns(await ledger.read(scope));
  return {
    maintenance: findMaintenanceSince(runs),
    traffic: findTrafficAwaySince(runs),
    jobsPaused: findJobsPausedSince(runs),
  };
}

const stateOf = (held: HeldBack | undefined): 'no' | 'yes' | 'in-doubt' =>
  held === undefined ? 'no' : held.inDoubt ? 'in-doubt' : 'yes';

function sayHeld({ maintenance, traffic, jobsPaused }: Awaited<ReturnType<typeof readHeld>>): string[] {
  return [
    ...(maintenance ? [`  ▲ ${sayLockedOut(maintenance.inDoubt, ', by the ledger')}`] : []),
    ...(traffic ? [`  ▲ ${sayTrafficAway(traffic.inDoubt, ', by the ledger')}`] : []),
    ...(jobsPaused ? [`  ▲ ${sayPausedJobs(jobsPaused.inDoubt, ', by the ledger')}`] : []),
  ];
}

/** Gives the open run up: nothing is taken back, the lock is free, the reason is kept. */
export async function abandonDeploy(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const reason = typeof options.reason === 'string' ? options.reason.trim() : '';
  if (reason === '') throw noReason();
  const { env, ledger, scope } = wired;
  await confirmHeavy(context, {
    env,
    inFull: `release deploy --abandon --reason "…" --env ${env} --yes`,
  });
  const lock = readLockChoice(options);
  await waitForLock(wired, lock, context);
  const takeover = lock.takeover !== undefined;
  const run = await abandonRun({ ledger, scope, actor: await context.readActor(), reason, takeover });
  for (const line of await tellTakeover({ run: run.run, plan: run.plan, goesOn: 'is given up' }, lock, wired))
    context.out.note(line);
  for (const line of await showCard(run.run, wired)) context.out.note(`  ▲ ${line}`);
  const done = run.plan.entries.filter((entry) => run.entries[entry.name]?.state === 'done');
  const { command, version, from } = run.plan;
  const held = await readHeld(wired);
  const ended = `  ⊘ ${command} ${version} was given up. ${done.length} of ${run.plan.entries.length} steps stay done; nothing was taken back.`;
  return {
    exitCode: EXIT.ok,
    verdict: 'stopped',
    result: {
      run: run.run,
      abandoned: true,
      done: done.map((entry) => entry.name),
      maintenance: stateOf(held.maintenance),
      trafficAway: stateOf(held.traffic),
      jobsPaused: stateOf(held.jobsPaused),
    },
    text: [ended, ...sayHeld(held)].join('\n'),
    next: from === '' ? [] : [`release rollback --to ${from} --env ${env}`],
    warnings: [],
    env,
    version,
    run: run.run,
    sandbox: wired.runbook.sandbox,
  };
}
