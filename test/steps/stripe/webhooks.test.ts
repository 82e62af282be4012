import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { StepContext } from '../../../src/kit.ts';
import type { WebhookEndpoint } from '../../../src/services/stripe/port.ts';
import { seeWebhooks } from '../../../src/steps/stripe/see-webhooks.ts';
import { disableWebhooks, enableWebhooks } from '../../../src/steps/stripe/switch-webhooks.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const at = new Date('2026-11-24T15:00:00Z');
const context = {
  runbook: makeRunbook({
    environments: {
      production: {
        url: 'https://rur2.example',
        stripe: { mode: 'live', secretKey: '$KEY', webhookPath: '/hook' },
      },
    },
  }),
  guard: () => undefined,
  clock: { now: () => at },
} as unknown as StepContext;
const input = { env: 'production', endpoints: ['we_1', 'we_2'] };

/** A Stripe with two endpoints; one that is `deaf` accepts a change and does not make it. */
function makeStripe(deaf: readonly string[] = []) {
  const endpoints = new Map(['we_1', 'we_2', 'we_3'].map((id) => [id, true]));
  const stripe = {
    switchEndpoint: async (_: string, id: string, isOn: boolean) => {
      if (!deaf.includes(id)) endpoints.set(id, isOn);
    },
    webhookEndpoints: async () =>
      [...endpoints].map(([id, enabled]): WebhookEndpoint => ({ id, enabled, url: '', events: [] })),
  };
  return { endpoints, services: onlyThese({ stripe }) };
}

describe('switching Stripe’s webhooks', () => {
  it('RBX-2.3: disables what the plan names and no more, and records when', async () => {
    const { endpoints, services } = makeStripe();
    const done = await disableWebhooks.run(services, input, context);
    expect([...endpoints.values()]).toEqual([false, false, true]);
    expect(done).toEqual({ endpoints: ['we_1', 'we_2'], at: at.toISOString() });
  });

  it('RBX-6.3: enables them and looks; what Stripe only accepted is not on', async () => {
    const { endpoints, services } = makeStripe();
    await disableWebhooks.run(services, input, context);
    await enableWebhooks.run(services, input, context);
    expect([...endpoints.values()]).toEqual([true, true, true]);
    const deaf = makeStripe(['we_2']);
    deaf.endpoints.set('we_2', false);
    await expect(enableWebhooks.run(deaf.services, input, context)).rejects.toMatchObject({
      code: 'E_WEBHOOKS_OFF',
      message: expect.stringContaining('we_2'),
    });
  });

  it('RBX-2.3: states how it is taken back, and does it', async () => {
    const { endpoints, services } = makeStripe();
    const done = await disableWebhooks.run(services, input, context);
    const { undo } = disableWebhooks;
    if (undo.kind !== 'compensate') throw new Error(undo.kind);
    expect(undo.how).toContain('--replay-events');
    await undo.run(services, input, done, context);
    expect([...endpoints.values()]).toEqual([true, true, true]);
  });
});

describe('E-83: seeing whether maintenance mode puts Stripe off', () => {
  const see = (wanted: 'refused' | 'taken', answer: number | ReleaseError['code']) => {
    const sent: unknown[] = [];
    const request = async (_: string, asked: unknown) => {
      sent.push(asked);
      if (typeof answer === 'number') return { status: answer } as never;
      throw new ReleaseError(answer as 'E_APP_DOWN', { what: 'silent', next: 'Look.', state: 'untouched' });
    };
    const work = seeWebhooks.run(onlyThese({ web: { request } }), { env: 'production', wanted }, context);
    return work.then(
      (done) => ({ done, code: undefined, sent }),
      (error: ReleaseError) => ({ done: undefined, code: error.code, sent }),
    );
  };

  it.each([503, 500, 404, 'E_APP_DOWN'] as const)('RBX-2.3: is so when it answers %s', async (answer) => {
    expect((await see('refused', answer)).code).toBeUndefined();
    expect((await see('taken', answer)).code).toBe('E_WEBHOOKS_OFF');
  });

  it.each([200, 204, 400, 401])('RBX-6.3: is not when it answers %s', async (answer) => {
    expect((await see('refused', answer)).code).toBe('E_WEBHOOKS_OPEN');
    expect((await see('taken', answer)).code).toBeUndefined();
  });

  it('sends nothing that somebody could act on, and hides no other failure', async () => {
    const { sent } = await see('refused', 503);
    expect(sent).toMatchObject([{ method: 'POST', path: '/hook', body: '{}' }]);
    expect(JSON.stringify(sent)).not.toContain('stripe-signature');
    expect((await see('refused', 'E_WEB_REQUEST')).code).toBe('E_WEB_REQUEST');
  });
});
