import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { defineStep, ReleaseError, type Services } from '../../kit.ts';

type Input = { env: string; wanted: 'refused' | 'taken' };
type Done = { answer: string };

const notHeld = (answer: string): ReleaseError =>
  new ReleaseError('E_WEBHOOKS_OPEN', {
    what: `The webhook answers ${answer} in maintenance mode, so that Stripe does not wait.`,
    why: 'Only 5xx or no answer makes Stripe deliver again; anything else is done with now, by code that is being replaced.',
    next: 'Let maintenance mode answer 503 there, or say stripe.duringRollback: disable.',
    state: 'untouched',
  });

const notTaken = (answer: string): ReleaseError =>
  new ReleaseError('E_WEBHOOKS_OFF', {
    what: `The webhook still answers ${answer}, although users are in.`,
    why: 'Stripe goes on trying for up to three days; until then nothing that was paid is known here.',
    next: 'Look at the application and at stripe.webhookPath.',
    state: 'untouched',
  });

/** An unsigned delivery, which nobody acts on; the failures of `web` mean that nobody answered. */
async function knock({ web }: Pick<Services, 'web'>, env: string, path: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  try {
    const { status } = await web.request(env, {
      method: 'POST',
      path,
      headers,
      body: '{}',
      timeoutMs: seconds(5),
    });
    return `HTTP ${status}`;
  } catch (error) {
    if (isReleaseError(error, 'E_APP_DOWN') || isReleaseError(error, 'E_NETWORK')) return 'nothing';
    throw error;
  }
}

/** Stripe takes anything but 2xx for a failure; 4xx beside these may only mean that this one was not signed. */
const isRefusal = (answer: string): boolean => /^(nothing|HTTP (5\d\d|404|405))$/.test(answer);

/**
 * E-83: whether Stripe's deliveries are put off, or taken, by what the webhook answers to one that is not signed. Throws
 * E_WEBHOOKS_OPEN, E_WEBHOOKS_OFF.
 */
export const seeWebhooks = defineStep<'web', Input, Done>({
  id: 'stripe.see-webhooks',
  def: 1,
  needs: ['web'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(30),
  stop: 'safe',
  title: ({ wanted }) =>
    wanted === 'refused' ? 'See that maintenance mode puts Stripe off' : 'See that the webhook is open again',
  run: async (services, { env, wanted }, { runbook }) => {
    const path = runbook.environments[env]?.stripe?.webhookPath ?? '/';
    const answer = await knock(services, env, path);
    if (wanted === 'refused' && !isRefusal(answer)) throw notHeld(answer);
    if (wanted === 'taken' && isRefusal(answer)) throw notTaken(answer);
    return { answer };
  },
  undo: { kind: 'nothing' },
});
