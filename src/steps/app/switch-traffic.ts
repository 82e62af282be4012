import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
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
type Where = 'away' | 'normal';
type Done = { traffic: Where; at: string };
type Need = 'web' | 'shell' | 'host';
type Traffic = NonNullable<Environment['traffic']>;

const DOES: Readonly<Record<Where, string>> = {
  away: 'Send users to the status page',
  normal: 'Send users to the application again',
};

const refused = (what: string, why: string): ReleaseError =>
  new ReleaseError('E_TRAFFIC', {
    what,
    why,
    next: 'See at the CDN where users are sent, and switch it by hand (docs/status-page.md).',
    state: 'unclear',
  });

const trafficOf = ({ runbook }: StepContext, env: string): Traffic => {
  const traffic = runbook.environments[env]?.traffic;
  if (traffic === undefined)
    throw refused('Traffic cannot be switched.', `environments.${env}.traffic is not configured any longer.`);
  return traffic;
};

/** What the command says that the owner wrote to tell where users are sent. */
async function askTraffic(
  { shell }: Pick<Services, 'shell'>,
  env: string,
  { verify }: Traffic,
  wanted: Where,
): Promise<{ readonly code: number; readonly said: string }> {
  const { code, out } = await shell.line(verify.command, {
    timeoutMs: seconds(30),
    env: { RELEASE_ENV: env, RELEASE_TRAFFIC: wanted },
  });
  return { code, said: out.trim() };
}

/** Where users are sent, by that command; any other word is an answer that nobody knows. */
async function seeTraffic(services: Pick<Services, 'shell'>, env: string, traffic: Traffic, wanted: Where) {
  const { code, said } = await askTraffic(services, env, traffic, wanted);
  if (code === 0 && said === wanted) return;
  const why =
    code !== 0 || (said !== 'away' && said !== 'normal')
      ? `The command that tells where they are sent ended with ${code}, and said neither "away" nor "normal".`
      : `The command that tells where they are sent says "${said}".`;
  throw refused(`${DOES[wanted]}: the switch was accepted, and nobody has seen it work.`, why);
}

/** Switches and then looks (E-89). */
async function switchTo(
  where: Where,
  services: Pick<Services, Need>,
  env: string,
  context: StepContext,
): Promise<Done> {
  const traffic = trafficOf(context, env);
  context.guard();
  await runHook(services, env, traffic[where], DOES[where], context);
  await seeTraffic(services, env, traffic, where);
  return { traffic: where, at: context.clock.now().toISOString() };
}

/** Whether users come to the application; it changes nothing. */
async function seeNormal(
  services: Pick<Services, Need>,
  env: string,
  context: StepContext,
): Promise<Seen<Done>> {
  const { code, said } = await askTraffic(services, env, trafficOf(context, env), 'normal');
  if (code === 0 && said === 'away') return { state: 'absent' };
  if (code !== 0 || said !== 'normal') return { state: 'unclear', said: 'the command does not tell' };
  return { state: 'done', done: { traffic: 'normal', at: String(context.facts[context.step]?.at ?? '') } };
}

async function doesAnswer({ host }: Pick<Services, 'host'>, env: string): Promise<boolean> {
  try {
    await host.liveVersion(env);
    return true;
  } catch (error) {
    if (isReleaseError(error)) return false;
    throw error;
  }
}

/** An address of ours that goes the way of users would end at the status page, and the way back could prove nothing. */
async function sendAway(services: Pick<Services, Need>, { env }: Input, context: StepContext): Promise<Done> {
  const answered = await doesAnswer(services, env);
  const done = await switchTo('away', services, env, context);
  if (!answered || (await doesAnswer(services, env))) return done;
  await switchTo('normal', services, env, context);
  throw refused(
    'Users are sent to the application again: with them this rollback was sent away, too.',
    `environments.${env}.url goes the way of users; it must reach the application past the CDN.`,
  );
}

const shared = {
  def: 1,
  needs: ['web', 'shell', 'host'],
  effect: 'repeatable',
  settleMs: seconds(30),
  timeoutMs: seconds(180),
  stop: 'safe',
} as const;

/** RBX-2.4: who comes meanwhile reads what happens. */
export const trafficAway = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.traffic-away',
  title: () => DOES.away,
  run: sendAway,
  undo: {
    kind: 'compensate',
    how: 'send them to the application again',
    run: async (services, { env }, _done, context) => void (await switchTo('normal', services, env, context)),
  },
});

/** RBX-6.4. */
export const trafficNormal = defineStep<Need, Input, Done>({
  ...shared,
  id: 'app.traffic-normal',
  title: () => DOES.normal,
  run: (services, { env }, context) => switchTo('normal', services, env, context),
  inspect: (services, { env }, context) => seeNormal(services, env, context),
  undo: { kind: 'nothing' },
});
