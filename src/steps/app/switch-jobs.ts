import { seconds } from '../../domain/duration.ts';
import { defineStep, type Services, type StepContext } from '../../kit.ts';
import { runHook } from './run-hook.ts';

type Input = { env: string };
type Done = { paused: boolean };
type Need = 'web' | 'shell';

async function switchJobs(
  paused: boolean,
  services: Pick<Services, Need>,
  env: string,
  context: StepContext,
): Promise<Done> {
  const jobs = context.runbook.environments[env]?.jobs;
  if (jobs === undefined) return { paused: false };
  context.guard();
  await runHook(
    services,
    env,
    paused ? jobs.pause : jobs.resume,
    `Background jobs ${paused ? 'pause' : 'resume'}`,
    context,
  );
  return { paused };
}

const shared = {
  def: 1,
  needs: ['web', 'shell'],
  effect: 'repeatable',
  settleMs: seconds(30),
  timeoutMs: seconds(60),
  stop: 'safe',
} as const;

/** RBX-2.2: nothing may work in the background while code and data change. */
export const pauseJobs = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.pause-jobs',
  title: () => 'Pause background jobs',
  run: (services, { env }, context) => switchJobs(true, services, env, context),
  undo: {
    kind: 'compensate',
    how: 'resume them',
    run: async (services, { env }, _done, context) => void (await switchJobs(false, services, env, context)),
  },
});

/** RBX-6.2. */
export const resumeJobs = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.resume-jobs',
  title: () => 'Resume background jobs',
  run: (services, { env }, context) => switchJobs(false, services, env, context),
  undo: { kind: 'nothing' },
});
