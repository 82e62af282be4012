import { seconds } from '../../domain/duration.ts';
import { defineStep, knockSigned, ReleaseError, type Services } from '../../kit.ts';

type Input = { env: string };
type Done = { signed: number; unsigned: number };

const KNOCK_MS = seconds(5);

const notTaken = (said: string): ReleaseError =>
  new ReleaseError('E_WEBHOOKS_OFF', {
    what: `The webhook does not work: ${said}.`,
    why: 'Stripe goes on trying for up to three days; until then nothing that was paid is known here.',
    next: 'Look at the application, stripe.webhookPath and stripe.webhookSecret; release preflight asks again.',
    state: 'untouched',
  });

const takesAnything = (status: number): ReleaseError =>
  new ReleaseError('E_WEBHOOKS_OPEN', {
    what: `The webhook answers HTTP ${status} to an event that nobody signed.`,
    why: 'Anybody can tell the application of payments that nobody made.',
    next: 'Verify Stripe-Signature before anything else.',
    state: 'untouched',
  });

const isTaken = (status: number): boolean => status >= 200 && status < 300;

async function knockUnsigned({ web }: Pick<Services, 'web'>, env: string, path: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const body = '{"test":true}';
  return (await web.request(env, { method: 'POST', path, headers, body, timeoutMs: KNOCK_MS })).status;
}

/**
 * That deliveries of Stripe are taken again and forged ones are not (RBX-5.5, RBV-6, E-82): an event that is signed like
 * its own, of a type that nobody acts on, and one that nobody signed. Behind the open door, because maintenance mode
 * answers 503 to both. Throws E_WEBHOOKS_OFF, E_WEBHOOKS_OPEN.
 */
export const proveWebhooks = defineStep<'stripe' | 'web', Input, Done>({
  id: 'stripe.prove-webhooks',
  def: 1,
  needs: ['stripe', 'web'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(30),
  stop: 'safe',
  title: () => 'See that the webhook takes signed events alone',
  run: async (services, { env }, { runbook, clock }) => {
    const path = runbook.environments[env]?.stripe?.webhookPath ?? '/';
    const { status: signed } = await knockSigned(services, {
      env,
      path,
      now: clock.now(),
      timeoutMs: KNOCK_MS,
    });
    if (!isTaken(signed)) throw notTaken(`HTTP ${signed} for an event that is signed correctly`);
    const unsigned = await knockUnsigned(services, env, path);
    if (isTaken(unsigned)) throw takesAnything(unsigned);
    if (![400, 401, 403].includes(unsigned))
      throw notTaken(`HTTP ${unsigned} for an event that nobody signed`);
    return { signed, unsigned };
  },
  undo: { kind: 'nothing' },
});
