import { expect, it } from 'vitest';
import { listTypeFaults } from '../support/conformance/typed-answers.ts';
import { MemoryStripe } from '../support/memory/stripe.ts';
import { planted, STRIPE } from './conform.ts';
import { describeStripePort } from './stripe-suite.ts';
import { exchanges, NOW, openSession, openStripe, STRIPE_KEY, WEBHOOK_SECRET } from './stripe-world.ts';

describeStripePort('the real Stripe adapter against the wire server', async () => {
  const { server, stripe } = await openStripe();
  return {
    stripe,
    revoke: () => server.revokeKey(STRIPE_KEY),
    restore: () => server.restoreKey(STRIPE_KEY),
    disableEndpoint: (id) => server.disableEndpoint(id),
    openSession: (reference, successUrl) => openSession(server.url, { reference, successUrl }),
    pay: async (session) => void (await server.pay(session)),
    statusOf: (session) => server.sessions().find(({ id }) => id === session)?.status,
    close: () => server.close(),
  };
});

describeStripePort('the Stripe of memory', async () => {
  const test = { prefix: 'test', wanted: 'test' } as const;
  const memory = new MemoryStripe(
    {
      staging: { ...test, webhookSecret: WEBHOOK_SECRET },
      restricted: { ...test, lacksRight: true },
      publishable: { ...test, prefix: 'not-a-secret-key' },
      mixed: { ...test, wanted: 'live' },
    },
    Array.from({ length: 120 }, (_, n) => ({
      id: `we_${n}`,
      url: `https://staging.rur2.example/hook/${n}`,
      enabled: true,
      events: ['charge.refunded'],
    })),
    () => NOW,
  );
  memory.prices.set('price_sandbox', 4900).set('price_archived', 100);
  memory.archived.add('price_archived');
  return {
    stripe: memory,
    revoke: () => {
      memory.isRevoked = true;
    },
    restore: () => {
      memory.isRevoked = false;
    },
    disableEndpoint: (id) => {
      const at = memory.endpoints.findIndex((one) => one.id === id);
      const found = memory.endpoints[at];
      if (found) memory.endpoints[at] = { ...found, enabled: false };
    },
    openSession: async (reference, successUrl) => {
      const id = `cs_test_${memory.sessions.size}`;
      memory.sessions.set(id, 'open');
      if (reference !== undefined) memory.references.set(id, reference);
      if (successUrl !== undefined) memory.foreign.add(id);
      return id;
    },
    pay: async (session) => void memory.sessions.set(session, 'complete'),
    statusOf: (session) => memory.sessions.get(session),
    close: async () => {},
  };
});

it("Stripe's own types know every address and field that was answered here, and not one of nobody", () => {
  const faults = listTypeFaults(STRIPE, [...exchanges, planted('GET', '/v1/charges')]);
  expect(exchanges.length).toBeGreaterThan(15);
  expect(faults).toEqual([expect.stringMatching(/^GET .v1.charges: .*field_of_nobody.* does not exist/)]);
});
