import type { Plan } from '../../domain/plan.ts';
import { resumeRun } from '../../engine/start-run.ts';
import type { CommandResult } from '../command.ts';
import { confirmHeavy } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { refuseMissing } from '../rollback/refuse-missing.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { conductPlan } from './conduct-plan.ts';
import { tellRun } from './tell-run.ts';

/** Goes on with the interrupted run of this command, from its stored plan (never a newly made one). */
export async function resumeCommand(
  command: Extract<Plan['command'], 'deploy' | 'rollback'>,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  await confirmHeavy(context, {
    env: wired.env,
    inFull: `release ${command} --resume --env ${wired.env} --yes`,
  });
  // A restore may have been planned, so that the database's keys are needed; messages still hold nothing up.
  if (command === 'rollback') refuseMissing(wired, []);
  else if (wired.missing.length > 0) throw missingSecrets(wired.missing, wired.checks);
  const { ledger, scope } = wired;
  const actor = await context.readActor();
  const { held, state } = await resumeRun({ ledger, scope, actor, reason: `resumes ${command}` }, command);
  const { plan, run, configDigest } = state;
  if (configDigest !== wired.digest)
    context.out.note('  ▲ The configuration has changed since this run began; its stored plan is followed.');
  return tellRun({ plan, run }, await conductPlan(context, wired, { plan, held }), context, wired);
}
