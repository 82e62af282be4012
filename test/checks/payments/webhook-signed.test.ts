import { expect, it } from 'vitest';
import check from '../../../checks/payments/webhook-signed.check.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const seen = (status: number) => ({ status, tookMs: 20, maintenance: status === 503 });

it.each([
  [200, 'pass'],
  [204, 'pass'],
  [400, 'fail'],
  [404, 'fail'],
  [500, 'fail'],
  [503, 'fail'],
])('ENV-10, E-56, E-59: HTTP %i for a correctly signed event is %s', (status, outcome) => {
  expect(check.judge(seen(status), makePolicy()).outcome).toBe(outcome);
});

it('ENV-10, E-59, DAY-30: signs the very body it sends, of a type that nobody handles', async () => {
  const sent: { body?: string; headers?: Readonly<Record<string, string>> }[] = [];
  const services = onlyThese({
    stripe: { signature: (_env, body) => `signed ${body.length}` },
    web: {
      request: async (_env, request) => {
        sent.push(request);
        return { status: 200, headers: {}, bytes: new Uint8Array(), text: '', json: {}, tookMs: 1 };
      },
    },
  });
  await check.probe(services, makePolicy());
  expect(sent[0]?.headers?.['stripe-signature']).toBe(`signed ${sent[0]?.body?.length}`);
  expect(sent[0]?.body).toContain('release.preflight_probe');
});

it('ENV-10, E-59: says of a refused signature that the two secrets differ, which 400 alone would hide', () => {
  expect(check.judge(seen(400), makePolicy()).remedy).toContain('another webhook secret');
});

it('ENV-10: cannot answer without a webhook secret', async () => {
  const runbook = makeRunbook({
    environments: { production: { url: 'https://rur2.example', stripe: { mode: 'live', secretKey: '$K' } } },
  });
  const environment = runbook.environments.production as NonNullable<
    (typeof runbook.environments)['production']
  >;
  const scope = makePolicy({ runbook, environment });
  await expect(check.probe(onlyThese({}), scope)).rejects.toMatchObject({ code: 'E_WEBHOOK_SECRET' });
});
