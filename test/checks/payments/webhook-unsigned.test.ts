import { expect, it } from 'vitest';
import check from '../../../checks/payments/webhook-unsigned.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

it.each([
  [400, 'pass'],
  [401, 'pass'],
  [200, 'fail'],
  [204, 'fail'],
  [404, 'fail'],
  [500, 'fail'],
])('ENV-10, E-56, E-59: HTTP %i for an unsigned event is %s', (status, outcome) => {
  expect(check.judge({ status }, makePolicy()).outcome).toBe(outcome);
});

it('ENV-10, E-59: sends a body that no key has signed to the route of the webhook', async () => {
  const sent: { path: string; method: string; headers?: Readonly<Record<string, string>> }[] = [];
  const services = onlyThese({
    web: {
      request: async (_env, request) => {
        sent.push(request);
        return { status: 400, headers: {}, bytes: new Uint8Array(), text: '', json: {}, tookMs: 1 };
      },
    },
  });
  expect(await check.probe(services, makePolicy())).toEqual({ status: 400 });
  expect(sent).toMatchObject([{ method: 'POST', path: '/api/payments/webhook' }]);
  expect(Object.keys(sent[0]?.headers ?? {}).map((name) => name.toLowerCase())).toEqual(['content-type']);
});
