import { expect, it } from 'vitest';
import check from '../../../checks/drift/webhooks.check.ts';
import type { WebhookEndpoint } from '../../../src/services/stripe/port.ts';
import { accepted } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const endpoint: WebhookEndpoint = {
  id: 'we_1',
  url: 'https://rur2.example/api/payments/webhook?key=hidden',
  enabled: true,
  apiVersion: '2024-06-20',
  events: ['invoice.paid', 'checkout.session.completed'],
};
const areaOf = async (...endpoints: WebhookEndpoint[]) => {
  const services = onlyThese({ stripe: { webhookEndpoints: async () => endpoints } });
  return (await check.probe(services, makePolicy(accepted({})))).area;
};
const judge = async (now: readonly WebhookEndpoint[], before = [endpoint]) =>
  check.judge({ area: await areaOf(...now) }, makePolicy(accepted({ webhook: await areaOf(...before) })));

it('DRF-04: knows address, state, API version and events of each endpoint, and no key in an address', async () => {
  expect(await areaOf(endpoint)).toEqual({
    we_1: 'enabled url=https://rur2.example/api/payments/webhook api=2024-06-20 event=checkout.session.completed event=invoice.paid',
  });
});

it('DRF-04: the order in which Stripe lists events is no drift', async () => {
  expect(await judge([{ ...endpoint, events: [...endpoint.events].reverse() }])).toMatchObject({
    outcome: 'pass',
  });
});

it.each([
  ['is disabled', [{ ...endpoint, enabled: false }], 'we_1 changed'],
  ['delivers elsewhere', [{ ...endpoint, url: 'https://evil.example/' }], 'we_1 changed'],
  ['lost an event', [{ ...endpoint, events: ['invoice.paid'] }], 'we_1 changed'],
  ['is gone', [], 'we_1 removed'],
  ['has company', [endpoint, { ...endpoint, id: 'we_2' }], 'we_2 added'],
] as const)('DRF-04: an endpoint that %s is told', async (_, now, said) => {
  expect(await judge(now)).toMatchObject({ outcome: 'warn', said });
});
