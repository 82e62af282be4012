import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { proveWebhooks } from '../../../src/steps/stripe/prove-webhooks.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const context = {
  runbook: makeRunbook(),
  clock: { now: () => new Date('2026-11-24T15:00:00Z') },
} as unknown as StepContext;

function prove(signed: number, unsigned: number) {
  const sent: { body?: string; headers?: Readonly<Record<string, string>> }[] = [];
  const request = async (_: string, asked: (typeof sent)[number]) => {
    sent.push(asked);
    return { status: asked.headers?.['stripe-signature'] ? signed : unsigned } as never;
  };
  const stripe = { signature: (_: string, body: string) => `signed ${body.length}` };
  const done = proveWebhooks.run(onlyThese({ stripe, web: { request } }), { env: 'production' }, context);
  return { done, sent };
}

describe('Stripe’s webhook once users are in', () => {
  it('RBX-5.5, RBV-6, E-82: takes a signed event and refuses an unsigned one', async () => {
    const { done, sent } = prove(200, 400);
    expect(await done).toEqual({ signed: 200, unsigned: 400 });
    expect(sent[0]?.headers?.['stripe-signature']).toBe(`signed ${sent[0]?.body?.length}`);
    expect(sent[0]?.body).toContain('release.preflight_probe');
  });

  it.each([
    [503, 503, 'E_WEBHOOKS_OFF'],
    [400, 400, 'E_WEBHOOKS_OFF'],
    [200, 200, 'E_WEBHOOKS_OPEN'],
    [200, 500, 'E_WEBHOOKS_OFF'],
  ])(
    'RBX-5.5: HTTP %i for a signed event and %i for an unsigned one is %s',
    async (signed, unsigned, code) => {
      await expect(prove(signed, unsigned).done).rejects.toMatchObject({ code });
    },
  );
});
