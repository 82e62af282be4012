import { seconds } from '../../domain/duration.ts';
import { defineStep, ReleaseError, type Services, type StepContext } from '../../kit.ts';

type Input = { env: string; endpoints: string[] };
type Done = { endpoints: string[]; at: string };
type Stripe = Pick<Services, 'stripe'>;

const stillOff = (ids: readonly string[]): ReleaseError =>
  new ReleaseError('E_WEBHOOKS_OFF', {
    what: `Stripe was asked to deliver to ${ids.join(', ')} again, and does not say that it does.`,
    why: 'Events of a disabled endpoint are never sent again by themselves.',
    next: 'Enable it in the Stripe dashboard, then release rollback --resume.',
    state: 'unclear',
  });

async function switchAll(
  isOn: boolean,
  { stripe }: Stripe,
  { env, endpoints }: Input,
  { guard, clock }: StepContext,
): Promise<Done> {
  for (const id of endpoints) {
    guard();
    await stripe.switchEndpoint(env, id, isOn);
  }
  return { endpoints, at: clock.now().toISOString() };
}

/** Switches and then looks: what Stripe only accepted is not on yet (RBX-6.3). */
async function enableAll(services: Stripe, input: Input, context: StepContext): Promise<Done> {
  const done = await switchAll(true, services, input, context);
  const listed = await services.stripe.webhookEndpoints(input.env);
  const off = input.endpoints.filter((id) => !listed.some((one) => one.id === id && one.enabled));
  if (off.length > 0) throw stillOff(off);
  return done;
}

const shared = {
  def: 1,
  needs: ['stripe'],
  effect: 'repeatable',
  settleMs: seconds(30),
  timeoutMs: seconds(60),
} as const;

/** RBX-2.3: nothing of Stripe reaches the application while code and data go back. Its record is the window of the replay. */
export const disableWebhooks = defineStep<'stripe', Input, Done>({
  ...shared,
  id: 'stripe.disable-webhooks',
  stop: 'after',
  title: ({ endpoints }) => `Disable Stripe's ${endpoints.join(', ')}`,
  run: (services, input, context) => switchAll(false, services, input, context),
  undo: {
    kind: 'compensate',
    how: 'enable them; what happened meanwhile comes back by release rollback --replay-events',
    run: async (services, input, _done, context) => void (await enableAll(services, input, context)),
  },
});

/** RBX-6.3, E-82: before users are let in, and once more after it. */
export const enableWebhooks = defineStep<'stripe', Input, Done>({
  ...shared,
  id: 'stripe.enable-webhooks',
  stop: 'safe',
  title: ({ endpoints }) => `Enable Stripe's ${endpoints.join(', ')}`,
  run: enableAll,
  undo: { kind: 'nothing' },
});
