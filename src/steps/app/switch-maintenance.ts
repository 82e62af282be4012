import { seconds } from '../../domain/duration.ts';
import {
  defineStep,
  type Environment,
  ReleaseError,
  type Seen,
  type Services,
  type StepContext,
} from '../../kit.ts';
import { runHook } from './run-hook.ts';

type Input = { env: string };
type Done = { on: boolean; at: string };
type Need = 'web' | 'shell' | 'host';

const notSwitched = (on: boolean): ReleaseError =>
  new ReleaseError('E_MAINTENANCE', {
    what: `Maintenance mode was asked ${on ? 'on' : 'off'}, but the application does not say so.`,
    why: 'Its health answer still tells the opposite.',
    next: 'Switch it by hand, then resume.',
    state: 'unclear',
  });

const notSaid = (field: string): ReleaseError =>
  new ReleaseError('E_MAINTENANCE', {
    what: 'The application does not say whether it is in maintenance mode.',
    why: `Its health answer has no field "${field}", so nobody can see that the switch worked.`,
    next: 'Let the health endpoint tell it (maintenance.statusField), or take `maintenance` out of the configuration.',
    state: 'unclear',
  });

const maintenanceOf = (environment: Environment | undefined) => environment?.maintenance;

/** Switches and then looks: a hook that answers 200 and changes nothing is a failure (DAY-17, DAY-35, E-89). */
async function switchTo(
  on: boolean,
  services: Pick<Services, Need>,
  env: string,
  context: StepContext,
): Promise<Done> {
  const settings = maintenanceOf(context.runbook.environments[env]);
  if (settings === undefined) throw notSwitched(on);
  context.guard();
  await runHook(services, env, on ? settings.on : settings.off, `Maintenance ${on ? 'on' : 'off'}`, context);
  const { maintenance } = await services.host.liveVersion(env);
  if (maintenance === undefined) throw notSaid(settings.statusField);
  if (maintenance !== on) throw notSwitched(on);
  return { on, at: context.clock.now().toISOString() };
}

/** Whether users are in, by what the application says; it changes nothing. */
async function seeOff(
  { host }: Pick<Services, 'host'>,
  env: string,
  context: StepContext,
): Promise<Seen<Done>> {
  const { maintenance } = await host.liveVersion(env);
  if (maintenance === undefined) return { state: 'unclear', said: 'the application does not say' };
  if (maintenance) return { state: 'absent' };
  return { state: 'done', done: { on: false, at: String(context.facts[context.step]?.at ?? '') } };
}

const shared = {
  def: 1,
  needs: ['web', 'shell', 'host'],
  effect: 'repeatable',
  settleMs: seconds(30),
  timeoutMs: seconds(60),
} as const;

export const maintenanceOn = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.maintenance-on',
  stop: 'safe',
  title: () => 'Maintenance mode on',
  run: (services, { env }, context) => switchTo(true, services, env, context),
  undo: {
    kind: 'compensate',
    how: 'switch it off',
    run: async (services, { env }, _done, context) => void (await switchTo(false, services, env, context)),
  },
});

export const maintenanceOff = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.maintenance-off',
  stop: 'safe',
  title: () => 'Maintenance mode off',
  run: (services, { env }, context) => switchTo(false, services, env, context),
  inspect: (services, { env }, context) => seeOff(services, env, context),
  undo: { kind: 'nothing' },
});
