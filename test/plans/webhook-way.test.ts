import { describe, expect, it } from 'vitest';
import { chooseWebhookWay } from '../../src/plans/webhook-way.ts';
import type { WebhookEndpoint } from '../../src/services/stripe/port.ts';
import { makeRunbook } from '../support/policy.ts';

const stripe = { mode: 'live', secretKey: '$KEY' };
const hook = { path: '/admin/maintenance' };
const maintenance = { on: hook, off: hook };
const environment = (over: Record<string, unknown>) => {
  const own = { url: 'https://rur2.example', ...over };
  return makeRunbook({ environments: { production: own } }).environments.production as never;
};
const endpoint = (id: string, over: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  ...{ id, url: 'https://rur2.example/hook', enabled: true, events: ['*'] },
  ...over,
});
const disable = { ...stripe, duringRollback: 'disable' };

describe('RBX-2.3, E-83: what becomes of Stripe’s deliveries during a rollback', () => {
  it('is left to maintenance mode where there is one: Stripe delivers again what is answered with 503', () => {
    expect(chooseWebhookWay(environment({ stripe, maintenance }), [endpoint('we_1')], [])).toEqual({
      kind: 'maintenance',
    });
  });

  it('is no question without Stripe', () => {
    expect(chooseWebhookWay(environment({ maintenance }), undefined, [])).toEqual({ kind: 'none' });
  });

  it('disables the endpoints of the environment that are enabled, and no other', () => {
    const others = [
      endpoint('we_2', { enabled: false }),
      endpoint('we_3', { url: 'https://other.example/hook' }),
      endpoint('we_4', { url: 'no address' }),
    ];
    expect(
      chooseWebhookWay(environment({ stripe: disable, maintenance }), [endpoint('we_1'), ...others], []),
    ).toEqual({ kind: 'disable', endpoints: ['we_1'] });
  });

  it('disables the one that the configuration names, whatever its address', () => {
    const named = environment({ stripe: { ...disable, webhookEndpoint: 'we_3' } });
    const listed = [endpoint('we_1'), endpoint('we_3', { url: 'https://edge.example/hook' })];
    expect(chooseWebhookWay(named, listed, [])).toEqual({ kind: 'disable', endpoints: ['we_3'] });
  });

  it.each([
    [{ stripe }, [], /neither maintenance mode nor/],
    [{ stripe: { ...stripe, duringRollback: 'maintenance' } }, [], /no maintenance mode is configured/],
    [{ stripe: disable }, undefined, /does not say which endpoints/],
    [{ stripe: disable }, [], /no enabled endpoint at the address/],
  ])('E-89: says that it cannot hold them back: %j', (over, listed, because) => {
    expect(chooseWebhookWay(environment(over), listed, [])).toEqual({
      kind: 'open',
      because: expect.stringMatching(because),
    });
  });

  it('RBX-6.3: takes over what an earlier run disabled and never enabled, whatever the way is', () => {
    for (const over of [{ stripe, maintenance }, { stripe }, { stripe: disable }])
      expect(chooseWebhookWay(environment(over), undefined, ['we_9'])).toEqual({
        kind: 'disable',
        endpoints: ['we_9'],
      });
  });
});
