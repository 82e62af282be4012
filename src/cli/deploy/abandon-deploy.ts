import { ReleaseError } from '../../domain/failure.ts';
import { abandonRun } from '../../engine/start-run.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--abandon needs a reason.',
    why: 'What is in place stays in place; whoever comes next must know why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

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
  const run = await abandonRun({ ledger, scope, actor: await context.readActor(), reason });
  const done = run.plan.entries.filter((entry) => run.entries[entry.name]?.state === 'done');
  const { command, version, from } = run.plan;
  return {
    exitCode: EXIT.ok,
    verdict: 'stopped',
    result: { run: run.run, abandoned: true, done: done.map((entry) => entry.name) },
    text: `  ⊘ ${command} ${version} was given up. ${done.length} of ${run.plan.entries.length} steps stay done; nothing was taken back.`,
    next: from === '' ? [] : [`release rollback --to ${from} --env ${env}`],
    warnings: [],
    env,
    version,
    run: run.run,
    sandbox: wired.runbook.sandbox,
  };
}
